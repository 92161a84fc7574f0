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
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.lifecycle.Watchdog;

/**
 * The body of an asynchronous request. What is there already is read at once; the rest as it comes, by a thread of the
 * container that it holds only while there is something to read. Used once.
 */
public final class RequestBody implements ReadListener {
    private static final String SIZE_SETTING = "ops.http.max-request-size";
    /** Of an array. */
    private static final int MOST_LENGTH = Integer.MAX_VALUE - 8;

    private static final int FIRST = 1 << 16;
    /** As long as Tomcat waits for the rest of a head. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(20);

    private final ServletInputStream in;
    /** As its head tells; negative when it does not. */
    private final int length;

    private final long most;
    private final HeldBytes.Share held;
    private final Watchdog watchdog;
    private final AtomicBoolean over = new AtomicBoolean();
    private Consumer<byte[]> whole = body -> {};
    private Consumer<OpsException> told = why -> {};
    private byte[] bytes = {};
    private int count;
    private volatile Watchdog.@Nullable Watch silence;

    /**
     * A body that is still to be read.
     *
     * @param request in its asynchronous mode; its Content-Length, if it has one, was {@linkplain #checkLength checked}
     * @param most how many bytes it may have
     * @param held what is read is counted there
     */
    public RequestBody(HttpServletRequest request, long most, HeldBytes.Share held, Watchdog watchdog)
            throws IOException {
        this.in = request.getInputStream();
        this.length = request.getContentLength();
        this.most = Math.min(most, MOST_LENGTH - 1L);
        this.held = held;
        this.watchdog = watchdog;
    }

    /**
     * Refuses a body by what its head says.
     *
     * @throws OpsException REQUEST_TOO_LARGE when it is longer than it may be
     */
    public static void checkLength(HttpServletRequest request, long most) {
        if (request.getContentLengthLong() > most) {
            throw tooLarge(most);
        }
    }

    private static OpsException tooLarge(long most) {
        return new OpsException(
                ErrorCode.REQUEST_TOO_LARGE,
                "the body is larger than the " + most + " bytes that are allowed (setting " + SIZE_SETTING + ")");
    }

    /**
     * Reads it; on the container's thread, inside of which it ends when the body came with its head.
     *
     * @param whole gets all of it
     * @param failed is told when it does not come, or there is no room for it
     */
    public void read(Consumer<byte[]> whole, Consumer<OpsException> failed) {
        this.whole = whole;
        this.told = failed;
        Step.take(this::readWhatIsThere, this::failed);
    }

    private void readWhatIsThere() throws IOException {
        // Of one in chunks, what is available may be half of a chunk's length, for whose rest a read would wait.
        while (count < length && in.available() > 0) {
            readSome();
        }
        if (isWhole()) {
            end();
        } else {
            awaitMore();
            in.setReadListener(this);
        }
    }

    private void readSome() throws IOException {
        if (count == bytes.length) {
            // One byte more than is allowed shows that it is too much.
            long longest = length < 0 ? most + 1 : length;
            int larger = (int) Math.min(longest, Math.max(FIRST, 2L * bytes.length));
            held.take(larger - bytes.length);
            bytes = Arrays.copyOf(bytes, larger);
        }
        int got = in.read(bytes, count, bytes.length - count);
        if (got < 0 && length >= 0) {
            throw new IOException("the end came after " + count + " bytes");
        }
        count += Math.max(0, got);
        if (count > most) {
            throw tooLarge(most);
        }
    }

    private boolean isWhole() {
        return length < 0 ? in.isFinished() : count == length;
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
                        "nothing came of the body for " + MOST_SILENCE.toSeconds() + " s, after " + count
                                + (length < 0 ? "" : " of " + length) + " bytes")));
    }

    @Override
    public void onDataAvailable() {
        Step.take(this::readMore, this::failed);
    }

    private void readMore() throws IOException {
        while (!over.get() && !isWhole() && in.isReady()) {
            readSome();
        }
        if (isWhole()) {
            end();
        } else if (!over.get()) {
            awaitMore();
        }
    }

    private void failed(Throwable why) {
        fail(why instanceof IOException ? brokenOff(why) : OpsException.of(why));
    }

    @Override
    public void onAllDataRead() {
        Step.take(this::endAll, this::failed);
    }

    private void endAll() throws IOException {
        if (count < length) {
            throw new IOException("the end came after " + count + " bytes");
        }
        end();
    }

    @Override
    public void onError(Throwable thrown) {
        fail(brokenOff(thrown));
    }

    private OpsException brokenOff(Throwable cause) {
        return new OpsException(
                ErrorCode.INVALID_INPUT,
                length < 0
                        ? "the body broke off before its end"
                        : "the body ended before its Content-Length of " + length,
                cause);
    }

    private void end() {
        // Before anybody counts on it: there may be no room for a copy.
        byte[] read = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        if (isFirst()) {
            whole.accept(read);
        }
    }

    private void fail(OpsException why) {
        if (isFirst()) {
            told.accept(why);
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
