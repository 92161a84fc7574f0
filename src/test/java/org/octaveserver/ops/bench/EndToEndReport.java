package org.octaveserver.ops.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/** {@code bin/ops bench}: the whole server beside its floors, in one run, as one table. */
public final class EndToEndReport {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final List<Scenario> SCENARIOS = List.of(
            new SmallCall(),
            new FreshCalls(),
            new PortableCalls(),
            new ErrorCalls(),
            new SlowNeighbour(),
            new LargeValues(),
            new TwoBundles(),
            new ReleaseSwitch(),
            new MoreWorkers(),
            new StartUp(),
            new Jobs(),
            new Memory());

    private EndToEndReport() {}

    /** Exits with 1 when a scenario failed; goals that are missed are in the table. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        List<Scenario> chosen;
        try {
            options = Options.parse(
                    List.of(arguments),
                    Path.of(System.getProperty("ops.test.war", "target/ops.war"))
                            .toAbsolutePath(),
                    System.getProperty("ops.bench.java-options", ""));
            chosen = chosen(options.only());
        } catch (IllegalArgumentException e) {
            System.err.println("ops: bench: " + e.getMessage());
            System.exit(MISUSED);
            return;
        }
        String machine = machine();
        List<Row> rows = rows(options, chosen);
        System.out.print(machine + "\n\n" + Table.of(rows));
        System.exit(rows.stream().anyMatch(row -> row.verdict() == Row.Verdict.FAILED) ? FAILED : 0);
    }

    /** What the figures depend on. */
    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors, %s, Java %s; %.1f processes ran or wanted to when it began",
                Stage.workers(),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static List<Scenario> chosen(List<String> names) {
        List<String> known = SCENARIOS.stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "no scenario is named " + name + "; there are " + String.join(", ", known));
            }
        }
        return SCENARIOS.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private static List<Row> rows(Options options, List<Scenario> chosen) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ops-bench");
        List<Row> rows = new ArrayList<>();
        try (Stage stage = new Stage(options, folder)) {
            for (Scenario scenario : chosen) {
                rows.addAll(rows(stage, scenario));
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return rows;
    }

    private static List<Row> rows(Stage stage, Scenario scenario) throws InterruptedException {
        System.err.println("ops: measuring " + scenario.name());
        try {
            return scenario.measure(stage);
        } catch (IOException | RuntimeException e) {
            System.err.println("ops: " + scenario.name() + " failed: " + e);
            return List.of(Row.failed(scenario.name(), e));
        }
    }
}
