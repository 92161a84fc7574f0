package org.octaveserver.ops.it;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Sends signals that end or stop to workers and templates of a server, chosen at random. */
final class ChaosKiller implements Callable<Long> {
    private static final List<String> SIGNALS = List.of("KILL", "KILL", "SEGV", "STOP");
    private static final int MOST_MILLIS_BETWEEN = 400;

    private final Footprint footprint;
    private final Random random;
    private volatile boolean stopped;

    ChaosKiller(Footprint footprint, long seed) {
        this.footprint = footprint;
        this.random = new Random(seed);
    }

    @Override
    public Long call() throws IOException, InterruptedException {
        long sent = 0;
        while (!stopped) {
            Thread.sleep(random.nextInt(MOST_MILLIS_BETWEEN));
            List<Long> processes = footprint.workersAndTemplates();
            if (!processes.isEmpty()) {
                signal(SIGNALS.get(random.nextInt(SIGNALS.size())), processes.get(random.nextInt(processes.size())));
                sent++;
            }
        }
        return sent;
    }

    /** To one that may just have ended. */
    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null")
                .start()
                .waitFor();
    }

    void stop() {
        stopped = true;
    }
}
