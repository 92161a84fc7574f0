package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the start of the process to the first call that is answered, with two bundles deployed. */
final class StartUp implements Scenario {
    private static final double MOST_SECONDS = 6;
    private static final Pattern LINE = Pattern.compile("(?m)^(\\d{4}-\\d\\d-\\d\\dT\\S+) .*$");

    @Override
    public String name() {
        return "start";
    }

    /** One start; times are seconds since its begin. */
    private record Start(double whole, double logs, double answers, double ready) {}

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        var body = stage.body("small", Stage.SMALL);
        MeasuredServer first = stage.startEmpty(Map.of());
        try (first) {
            first.deploy(Stage.bundle("bench", "1.0.0"));
            first.deploy(Stage.bundle("other", "1.0.0"));
        }
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < (stage.options().quick() ? 1 : 3); i++) {
            Instant begin = Instant.now();
            try (MeasuredServer server = first.again(stage.options())) {
                Load unused = stage.checked(server, "/bench/inc", body, Stage.SMALL_ANSWER);
                double whole = seconds(begin, Instant.now());
                starts.add(new Start(
                        whole,
                        logged(server, begin, "").orElse(whole),
                        logged(server, begin, "OPS answers").orElse(whole),
                        logged(server, begin, "to=READY serves=bench").orElse(whole)));
            }
        }
        double whole = Rounds.median(starts, Start::whole);
        double logs = Rounds.median(starts, Start::logs);
        double answers = Rounds.median(starts, Start::answers);
        double ready = Rounds.median(starts, Start::ready);
        return List.of(
                Row.of("start to first answered call, 2 bundles deployed", text(whole))
                        .goal("under 6 s", whole < MOST_SECONDS),
                Row.of(
                        "of that: to the first line of log; to the open port; to a template or worker; to the answer",
                        String.join(
                                " + ", text(logs), text(answers - logs), text(ready - answers), text(whole - ready))));
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** When the first line with a text was written. */
    private static Optional<Double> logged(MeasuredServer server, Instant begin, String text) throws IOException {
        Matcher line = LINE.matcher(server.log());
        while (line.find()) {
            Instant at = OffsetDateTime.parse(line.group(1)).toInstant();
            if (!at.isBefore(begin) && line.group().contains(text)) {
                return Optional.of(seconds(begin, at));
            }
        }
        return Optional.empty();
    }
}
