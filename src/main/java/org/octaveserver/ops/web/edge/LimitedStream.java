package org.octaveserver.ops.web.edge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** A body that may not be longer than a limit, whatever its header says. Not thread-safe. */
public final class LimitedStream extends FilterInputStream {
    private final long limit;
    private final String setting;
    private long read;

    /**
     * Limits a stream.
     *
     * @param limit the most bytes
     * @param setting the setting that changes the limit, for the message
     */
    public LimitedStream(InputStream in, long limit, String setting) {
        super(in);
        this.limit = limit;
        this.setting = setting;
    }

    /** The refusal of a body of known length. */
    public static OpsException tooLarge(long limit, String setting) {
        return new OpsException(
                ErrorCode.REQUEST_TOO_LARGE,
                "the body is larger than the " + limit + " bytes that are allowed (setting " + setting + ")");
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = super.read(bytes, offset, length);
        count(Math.max(0, got));
        return got;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    /** Reading again what was read would count twice. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        read += bytes;
        if (read > limit) {
            throw tooLarge(limit, setting);
        }
    }
}
