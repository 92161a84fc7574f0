package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.lifecycle.Deadline;

/** The server's memory under full load for long. */
final class Soak {
    private static final double MOST_GROWTH = 1.1;
    private static final int EVERY_MILLIS = 500;

    private Soak() {}

    static Row measure(Stage stage, MeasuredServer server, Load load, Duration time)
            throws IOException, InterruptedException {
        Wrk.Running running = stage.wrk().start(load, time);
        List<Double> resident = new ArrayList<>();
        for (Deadline end = Deadline.after(time); !end.passed(); ) {
            resident.add(server.resident());
            Thread.sleep(EVERY_MILLIS);
        }
        WrkResult result = running.result();
        int tenth = Math.max(1, resident.size() / 10);
        double first = Rounds.median(resident.subList(0, tenth), x -> x);
        double last = Rounds.median(resident.subList(resident.size() - tenth, resident.size()), x -> x);
        return Row.of(
                        "memory of the server, last tenth of " + time.toSeconds() + " s of load at "
                                + Row.rate(result.perSecond()),
                        Row.megabytes(last),
                        "first tenth: " + Row.megabytes(first),
                        last / first)
                .goal("at most 1.1", last <= MOST_GROWTH * first)
                .failedWhen(!result.isClean(), Faults.of(List.of(result)));
    }
}
