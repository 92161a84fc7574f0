package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * What bare loops over workers' sockets reach.
 *
 * @param perSecond calls a second, of all loops together
 * @param median microseconds of a call
 * @param calls how many
 */
record Loops(double perSecond, double median, long calls) {
    static Loops run(ChildJvm jvm, int loops, Duration time) throws IOException {
        String[] words = jvm.ask(loops + " " + time.toMillis()).split(" ", 3);
        long calls = Long.parseLong(words[0]);
        return new Loops(calls * 1e9 / Long.parseLong(words[1]), Long.parseLong(words[2]) / 1e3, calls);
    }
}
