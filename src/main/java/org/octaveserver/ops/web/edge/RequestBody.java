package org.octaveserver.ops.web.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;

/**
 * The body of an asynchronous request, of a length that its head tells. What is there already is read at once; the rest as
 * it comes, by a thread of the container that it holds only while there is something to read. Used once.
 */
public final class RequestBody implements ReadListener {
    private static final int FIRST = 1 << 16;
    /** As long as Tomcat waits for the rest of a head. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(20);

    private final ServletInputStream in;
    private final int length;
    private final HeldBytes.Share held;
    private final Watchdog watchdog;
    private final AtomicBoolean over = new AtomicBoolean();
    private Consumer<byte[]> whole = body -> {};
    private Consumer<OpsException> failed = why -> {};
    private byte[] bytes;
    private int count;
    private volatile Watchdog.@Nullable Watch silence;

    /**
     * A body that is still to be read.
     *
     * @param request in its asynchronous mode, with a Content-Length that was checked
     * @param held what is read is counted there
     */
    public RequestBody(HttpServletRequest request, HeldBytes.Share held, Watchdog watchdog) throws IOException {
        this.in = request.getInputStream();
        this.length = request.getContentLength();
        this.held = held;
        this.watchdog = watchdog;
        this.bytes = new byte[Math.min(length, FIRST)];
    }

    /**
     * Reads it; on the container's thread, inside of which it ends when the body came with its head.
     *
     * @param whole gets all of it
     * @param failed is told when it does not come, or there is no room for it
     */
    public void read(Consumer<byte[]> whole, Consumer<OpsException> failed) {
        this.whole = whole;
        this.failed = failed;
        try {
            held.take(bytes.length);
            while (count < length && in.available() > 0) {
                readSome();
            }
            if (count == length) {
                end();
            } else {
                awaitMore();
                in.setReadListener(this);
            }
        } catch (IOException e) {
            fail(brokenOff(e));
        } catch (OpsException e) {
            fail(e);
        }
    }

    private void readSome() throws IOException {
        if (count == bytes.length) {
            int larger = (int) Math.min(length, 2L * bytes.length);
            held.take(larger - bytes.length);
            bytes = Arrays.copyOf(bytes, larger);
        }
        int got = in.read(bytes, count, bytes.length - count);
        if (got < 0) {
            throw new IOException("the end came after " + count + " bytes");
        }
        count += got;
    }

    private void awaitMore() {
        Watchdog.Watch last = silence;
        if (last != null) {
            last.close();
        }
        silence = watchdog.watch(
                Deadline.after(MOST_SILENCE),
                () -> fail(new OpsException(
                        ErrorCode.BODY_TIMEOUT,
                        "nothing came of the body for " + MOST_SILENCE.toSeconds() + " s, after " + count + " of "
                                + length + " bytes")));
    }

    @Override
    public void onDataAvailable() throws IOException {
        try {
            while (count < length && in.isReady()) {
                readSome();
            }
            if (count == length) {
                end();
            } else {
                awaitMore();
            }
        } catch (OpsException e) {
            fail(e);
        }
    }

    @Override
    public void onAllDataRead() {
        if (count < length) {
            fail(brokenOff(new IOException("the end came after " + count + " bytes")));
        }
    }

    @Override
    public void onError(Throwable thrown) {
        fail(brokenOff(thrown));
    }

    private OpsException brokenOff(Throwable cause) {
        return new OpsException(
                ErrorCode.INVALID_INPUT, "the body ended before its Content-Length of " + length, cause);
    }

    private void end() {
        if (isFirst()) {
            whole.accept(bytes);
        }
    }

    private void fail(OpsException why) {
        if (isFirst()) {
            failed.accept(why);
        }
    }

    private boolean isFirst() {
        Watchdog.Watch last = silence;
        if (last != null) {
            last.close();
        }
        return over.compareAndSet(false, true);
    }
}
