package org.octaveserver.ops.worker;

import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of a stream whose first ones are kept elsewhere. Not thread-safe. */
final class LastBytes {
    private final byte[] ring;
    private long total;

    /** Keeps none when {@code size} is 0. */
    LastBytes(int size) {
        this.ring = new byte[size];
    }

    void clear() {
        total = 0;
    }

    void add(byte[] bytes, int from, int to) {
        for (int i = Math.max(from, to - ring.length); i < to; i++) {
            ring[(int) ((total + i - from) % ring.length)] = bytes[i];
        }
        total += to - from;
    }

    /** What follows the first bytes: a line that says how much is left out, if anything is, and the last bytes. */
    String text() {
        if (ring.length == 0 || total == 0) {
            return "";
        }
        int count = (int) Math.min(total, ring.length);
        byte[] ordered = new byte[count];
        for (int i = 0; i < count; i++) {
            ordered[i] = ring[(int) ((total - count + i) % ring.length)];
        }
        String last = new String(ordered, StandardCharsets.UTF_8);
        return total == count ? last : "\n... " + (total - count) + " bytes left out ...\n" + last;
    }
}
