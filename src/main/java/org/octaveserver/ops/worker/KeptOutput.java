package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** What is kept of a request's output, and how much there was of it. Thread-safe. */
final class KeptOutput {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    /** Held while an excess is told. */
    private final ReentrantLock telling = new ReentrantLock();

    @GuardedBy("lock")
    private final LastBytes last;

    @GuardedBy("lock")
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();

    /** Bytes of the present request. */
    @GuardedBy("lock")
    private long total;

    @GuardedBy("lock")
    private long most = Long.MAX_VALUE;

    @GuardedBy("lock")
    private LongConsumer excess = total -> {};

    /**
     * Keeps the beginning.
     *
     * @param limit how many bytes of a request's output are kept
     * @param lastBytes how many of the last ones are kept of what is beyond; the rest is dropped
     */
    KeptOutput(int limit, int lastBytes) {
        this.limit = limit;
        this.last = new LastBytes(lastBytes);
    }

    void clear() {
        lock.lock();
        try {
            first.reset();
            last.clear();
            total = 0;
        } finally {
            lock.unlock();
        }
    }

    void add(byte[] bytes, int count) {
        lock.lock();
        try {
            int begin = Math.min(count, limit - first.size());
            first.write(bytes, 0, begin);
            last.add(bytes, begin, count);
            total += count;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link WorkerOutput#refuseAbove}. */
    void refuseAbove(long bytes, LongConsumer action) {
        lock.lock();
        try {
            most = bytes;
            excess = action;
        } finally {
            lock.unlock();
        }
    }

    /** Tells, once, that there is too much, if there is; when another thread does, waits until it has. */
    void tellExcess() {
        telling.lock();
        try {
            excessToTell().run();
        } finally {
            telling.unlock();
        }
    }

    private Runnable excessToTell() {
        lock.lock();
        try {
            if (total <= most) {
                return () -> {};
            }
            most = Long.MAX_VALUE;
            LongConsumer told = excess;
            long printed = total;
            return () -> told.accept(printed);
        } finally {
            lock.unlock();
        }
    }

    String text() {
        lock.lock();
        try {
            return first.size() == 0 && total == 0 ? "" : first.toString(StandardCharsets.UTF_8) + last.text();
        } finally {
            lock.unlock();
        }
    }
}
