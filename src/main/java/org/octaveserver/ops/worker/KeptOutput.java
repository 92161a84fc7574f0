package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** What is kept of a request's output, and how much there was of it. Thread-safe. */
final class KeptOutput {
    /** For whoever reads output that ends suddenly; the same however much there was, because streams of events go on behind it. */
    private static final String CUT = "\n... what follows was not kept (setting ops.worker.max-output) ...\n";

    private static final int LONGEST_CHARACTER = 4;

    private final int limit;
    private final boolean keepsLast;
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
        this.keepsLast = lastBytes > 0;
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
            return total == 0 ? "" : begin() + (keepsLast ? last.text() : total > limit ? CUT : "");
        } finally {
            lock.unlock();
        }
    }

    /** Without the beginning of a character whose rest may come: what was told once stays as it is. */
    @GuardedBy("lock")
    private String begin() {
        byte[] bytes = first.toByteArray();
        return new String(bytes, 0, bytes.length - unfinished(bytes), StandardCharsets.UTF_8);
    }

    private static int unfinished(byte[] bytes) {
        for (int back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back++) {
            int one = Byte.toUnsignedInt(bytes[bytes.length - back]);
            boolean continues = one >> 6 == 0b10;
            if (!continues) {
                int length = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : one >= 0xC0 ? 2 : 1;
                return length > back ? back : 0;
            }
        }
        return 0;
    }
}
