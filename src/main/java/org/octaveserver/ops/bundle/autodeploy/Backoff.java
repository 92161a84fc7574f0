package org.octaveserver.ops.bundle.autodeploy;

import java.util.Map;
import java.util.TreeMap;

/** After how many looks what failed is tried again: at the next one, then less and less often. Not thread-safe. */
final class Backoff {
    private static final int LONGEST = 12;

    private final Map<String, Pause> pauses = new TreeMap<>();

    /**
     * Between two tries.
     *
     * @param length in looks
     * @param left how many of them are still to come
     */
    private record Pause(int length, int left) {}

    /** To be called once in each look. */
    boolean isDue(String name) {
        Pause pause = pauses.get(name);
        if (pause == null || pause.left() == 0) {
            return true;
        }
        pauses.put(name, new Pause(pause.length(), pause.left() - 1));
        return false;
    }

    void failed(String name) {
        Pause last = pauses.get(name);
        int length = last == null ? 0 : Math.min(LONGEST, 2 * last.length() + 1);
        pauses.put(name, new Pause(length, length));
    }

    void succeeded(String name) {
        pauses.remove(name);
    }
}
