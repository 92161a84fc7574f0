package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/** Calls a telling bundle without pause, and checks each answer, until it is told to stop. */
final class SwitchClient implements Callable<Long> {
    private final TestServer server;
    private final String bundle;
    private final String pinned;
    private final Timeline timeline;
    private volatile boolean stopped;
    private volatile long calls;

    /**
     * A client.
     *
     * @param pinned what it is told, whatever changes; empty: as the timeline allows
     */
    SwitchClient(TestServer server, String bundle, String pinned, Timeline timeline) {
        this.server = server;
        this.bundle = bundle;
        this.pinned = pinned;
        this.timeline = timeline;
    }

    @Override
    public Long call() {
        long done = 0;
        while (!stopped) {
            int from = timeline.settled();
            String told = TellingBundle.ask(server, bundle);
            if (pinned.isEmpty()) {
                timeline.check(told, from);
            } else {
                assertThat(told).isEqualTo(pinned);
            }
            done++;
            calls = done;
        }
        return done;
    }

    long calls() {
        return calls;
    }

    void stop() {
        stopped = true;
    }
}
