package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The small call at 1, 8 and 64 connections, beside the two floors. */
final class SmallCall implements Scenario {
    private static final int SOME = 8;
    private static final int MANY = 64;
    private static final double LEAST_SHARE = 0.6;
    private static final double MOST_LATENCY = 2.5;
    private static final double MOST_TAIL = 10;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        MeasuredServer server = stage.server();
        Load load = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER);
        Load bare = load.of(stage.constant());
        warmUp(stage, load.at(SOME), bare.at(SOME));
        List<Row> rows = new ArrayList<>(alone(stage, load, bare));
        rows.addAll(together(stage, server, load, bare));
        return rows;
    }

    private static void warmUp(Stage stage, Load load, Load bare) throws IOException, InterruptedException {
        Duration time = stage.options().warmUp();
        stage.wrk().run(load, time);
        stage.wrk().run(bare, time);
        Loops.run(stage.loops(), Stage.workers(), time);
    }

    private static List<Row> alone(Stage stage, Load load, Load bare) throws IOException, InterruptedException {
        Duration time = stage.options().round();
        List<List<Double>> medians = Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<Double>>of(
                        () -> stage.wrk().run(bare, time).median(),
                        () -> Loops.run(stage.loops(), 1, time).median(),
                        () -> stage.wrk().run(load, time).median()));
        double servlet = Rounds.median(medians.get(0), x -> x);
        double loop = Rounds.median(medians.get(1), x -> x);
        double call = Rounds.median(medians.get(2), x -> x);
        double ratio = call / (servlet + loop);
        return List.of(
                Row.of("floor (a): bare servlet, 1 connection, median", Row.time(servlet)),
                Row.of("floor (b): one loop over a worker's socket, median", Row.time(loop)),
                Row.of(
                                "small call, 1 connection, median",
                                Row.time(call),
                                "(a) + (b): " + Row.time(servlet + loop),
                                ratio)
                        .goal("at most 2.5", ratio <= MOST_LATENCY));
    }

    private static List<Row> together(Stage stage, MeasuredServer server, Load load, Load bare)
            throws IOException, InterruptedException {
        Duration time = stage.options().round();
        List<Costs> costs = new ArrayList<>();
        List<List<WrkResult>> runs = new ArrayList<>();
        List<Double> loops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(new ArrayList<>());
        }
        Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<Boolean>>of(
                        () -> runs.get(0).add(stage.wrk().run(bare.at(SOME), time)),
                        () -> loops.add(
                                Loops.run(stage.loops(), Stage.workers(), time).perSecond()),
                        () -> {
                            Costs before = Costs.now(server);
                            WrkResult result = stage.wrk().run(load.at(SOME), time);
                            costs.add(Costs.now(server).since(before, result.requests()));
                            return runs.get(1).add(result);
                        },
                        () -> runs.get(2).add(stage.wrk().run(load.at(MANY), time))));
        double servlet = Rounds.median(runs.get(0), WrkResult::perSecond);
        double loop = Rounds.median(loops, x -> x);
        double possible = 1 / (1 / servlet + 1 / loop);
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("floor (a): bare servlet, 8 connections", Row.rate(servlet)));
        rows.add(Row.of("floor (b): " + Stage.workers() + " loops over workers' sockets", Row.rate(loop)));
        rows.add(some(runs.get(1), possible));
        rows.addAll(many(runs.get(2), Rounds.median(runs.get(1), WrkResult::perSecond)));
        rows.addAll(Costs.rows(costs));
        return rows;
    }

    private static Row some(List<WrkResult> runs, double possible) {
        double reached = Rounds.median(runs, WrkResult::perSecond);
        return Row.of(
                        "small call, 8 connections",
                        Row.rate(reached),
                        "1/(1/(a) + 1/(b)): " + Row.rate(possible),
                        reached / possible)
                .goal("at least 0.6", reached / possible >= LEAST_SHARE)
                .failedWhen(!Faults.areNone(runs), Faults.of(runs));
    }

    private static List<Row> many(List<WrkResult> runs, double some) {
        double reached = Rounds.median(runs, WrkResult::perSecond);
        double median = Rounds.median(runs, WrkResult::median);
        double p99 = Rounds.median(runs, WrkResult::p99);
        return List.of(
                Row.of(
                                "small call, 64 connections",
                                Row.rate(reached),
                                "8 connections: " + Row.rate(some),
                                reached / some)
                        .goal("at least 1, no errors", reached >= some)
                        .failedWhen(!Faults.areNone(runs), Faults.of(runs)),
                Row.of(
                                "small call, 64 connections, p99",
                                Row.time(p99),
                                "their median: " + Row.time(median),
                                p99 / median)
                        .goal("at most 10", p99 <= MOST_TAIL * median));
    }

    /**
     * Processor time of a small call at 8 connections, in microseconds.
     *
     * @param server that of the server's JVM
     * @param workers that of the workers
     * @param generator that of wrk
     * @param wall the time that passed, in milliseconds
     */
    private record Costs(double server, double workers, double generator, double wall) {
        static Costs now(MeasuredServer server) throws IOException {
            return new Costs(
                    CpuTime.of(server.pid()),
                    CpuTime.of(server.workers()),
                    CpuTime.ofEndedChildren(),
                    System.nanoTime() / 1e6);
        }

        Costs since(Costs before, long calls) {
            double each = 1000.0 / calls;
            return new Costs(
                    (server - before.server) * each,
                    (workers - before.workers) * each,
                    (generator - before.generator) * each,
                    (wall - before.wall) * each);
        }

        static List<Row> rows(List<Costs> all) {
            double server = Rounds.median(all, Costs::server);
            double workers = Rounds.median(all, Costs::workers);
            double generator = Rounds.median(all, Costs::generator);
            double share = Rounds.median(all, one -> one.generator() / one.wall());
            return List.of(
                    Row.of(
                            "its processor time: server, workers, wrk",
                            String.format(Locale.ROOT, "%.1f + %.1f + %.1f us", server, workers, generator)),
                    Row.of(
                            "wrk's own processor, of one",
                            String.format(Locale.ROOT, "%.0f %%", 100 * share),
                            "more than 90 % would be a bottleneck",
                            share));
        }
    }
}
