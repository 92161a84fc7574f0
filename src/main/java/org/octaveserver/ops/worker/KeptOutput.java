package org.octaveserver.ops.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** What is kept of a request's output, and how much there was of it. Not thread-safe. */
final class KeptOutput {
    private final int limit;
    private final LastBytes last;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    /** Bytes of the present request. */
    private long total;

    private long most = Long.MAX_VALUE;
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
        first.reset();
        last.clear();
        total = 0;
    }

    void add(byte[] bytes, int count) {
        int begin = Math.min(count, limit - first.size());
        first.write(bytes, 0, begin);
        last.add(bytes, begin, count);
        total += count;
    }

    void refuseAbove(long bytes, LongConsumer action) {
        most = bytes;
        excess = action;
    }

    /** Tells, once, that there is too much; nothing when there is not. */
    Runnable excessToTell() {
        if (total <= most) {
            return () -> {};
        }
        most = Long.MAX_VALUE;
        LongConsumer told = excess;
        long printed = total;
        return () -> told.accept(printed);
    }

    String text() {
        return first.size() == 0 && total == 0 ? "" : first.toString(StandardCharsets.UTF_8) + last.text();
    }
}
