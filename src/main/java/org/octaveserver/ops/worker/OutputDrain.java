package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.octaveserver.ops.lifecycle.Deadline;

/**
 * Reads all that a worker prints, always, so that user code never blocks on a full pipe, and keeps what belongs to the
 * present request.
 *
 * <p>A worker prints a mark, fresh for every request and unknown to user code, after the last output of a request and
 * before its answer. What arrives before the mark belongs to the request; what arrives between a mark and the next
 * request (from programs left in the background) belongs to nobody and is dropped.
 *
 * <p>{@link #run} has a thread of its own; the other methods are for whoever holds the worker.
 */
final class OutputDrain implements WorkerOutput, Runnable {
    /** A control character, so that ordinary text never makes the search look twice. */
    private static final char MARK_BEGIN = '\u001e';

    private static final byte[] NO_MARK = {};

    private final InputStream printed;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final KeptOutput kept;

    /** The last bytes that came, as long as they may be the beginning of the mark. */
    @GuardedBy("lock")
    private byte[] tail = {};

    @GuardedBy("lock")
    private byte[] mark = NO_MARK;

    /** Whether what comes before the mark is nobody's. */
    @GuardedBy("lock")
    private boolean dropping;

    @GuardedBy("lock")
    private boolean ended;

    /** Drains one stream. */
    OutputDrain(InputStream printed, KeptOutput kept, RandomGenerator random) {
        this.printed = printed;
        this.kept = kept;
        this.random = random;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[8192];
        try {
            int count = printed.read(chunk);
            while (count >= 0) {
                take(Arrays.copyOf(chunk, count));
                tellExcess();
                count = printed.read(chunk);
            }
        } catch (IOException e) {
            // The process was killed while it printed: the end of the stream, said differently.
        } finally {
            end();
        }
    }

    @Override
    public void refuseAbove(long bytes, LongConsumer action) {
        kept.refuseAbove(bytes, action);
    }

    @Override
    public void tellExcess() {
        kept.tellExcess();
    }

    @Override
    public String begin() {
        lock.lock();
        try {
            kept.clear();
            return await(false);
        } finally {
            lock.unlock();
        }
    }

    /** It drops what comes behind a mark. */
    @Override
    public void forget() {}

    @Override
    public String drop() {
        lock.lock();
        try {
            return await(true);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private String await(boolean drops) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String next = MARK_BEGIN + HexFormat.of().formatHex(secret);
        dropping = drops;
        tail = new byte[0];
        mark = next.getBytes(StandardCharsets.US_ASCII);
        return next;
    }

    /** True as well when the stream has ended. */
    @Override
    public boolean awaitWhole(Duration wait) {
        Deadline deadline = Deadline.after(wait);
        lock.lock();
        try {
            while (mark.length > 0 && !ended) {
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    return false;
                }
                long unused = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String kept() {
        return kept.text();
    }

    private void take(byte[] chunk) {
        lock.lock();
        try {
            if (mark.length == 0) {
                return;
            }
            byte[] bytes = Arrays.copyOf(tail, tail.length + chunk.length);
            System.arraycopy(chunk, 0, bytes, tail.length, chunk.length);
            int at = indexOfMark(bytes);
            int complete = at >= 0 ? at : beginOfMark(bytes);
            keep(bytes, complete);
            tail = at >= 0 ? new byte[0] : Arrays.copyOfRange(bytes, complete, bytes.length);
            if (at >= 0) {
                mark = NO_MARK;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private int indexOfMark(byte[] bytes) {
        for (int i = 0; i <= bytes.length - mark.length; i++) {
            if (bytes[i] == MARK_BEGIN && Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the end of what has come may be the beginning of the mark: nothing more than that is held back. */
    @GuardedBy("lock")
    private int beginOfMark(byte[] bytes) {
        for (int i = Math.max(0, bytes.length - mark.length + 1); i < bytes.length; i++) {
            if (bytes[i] == MARK_BEGIN && Arrays.equals(bytes, i, bytes.length, mark, 0, bytes.length - i)) {
                return i;
            }
        }
        return bytes.length;
    }

    @GuardedBy("lock")
    private void keep(byte[] bytes, int count) {
        if (!dropping) {
            kept.add(bytes, count);
        }
    }

    private void end() {
        lock.lock();
        try {
            keep(tail, tail.length);
            tail = new byte[0];
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
