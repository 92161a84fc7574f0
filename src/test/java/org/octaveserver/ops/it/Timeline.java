package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What callers may be told, as one operator changes it: from when a change is asked for it may be told, and from when it
 * is answered nothing before it. Thread-safe, for one operator.
 */
final class Timeline {
    private final List<String> contents = new CopyOnWriteArrayList<>();
    private volatile int settled = -1;

    /** A change to other content is about to be asked for. */
    void begin(String content) {
        contents.add(content);
    }

    /** It was answered. */
    void end() {
        settled = contents.size() - 1;
    }

    /** To be asked before a call. */
    int settled() {
        return settled;
    }

    /** Checks what a call was told that was started when {@code from} was settled. */
    void check(String told, int from) {
        List<String> all = List.copyOf(contents);
        assertThat(all.subList(from, all.size()))
                .as("told by a call that began after the answer to change " + from)
                .contains(told);
    }
}
