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
        rows.addAll(together(stage, load, bare));
        return rows;
    }

    private static void warmUp(Stage stage, Load load, Load bare) throws IOException, InterruptedException {
        Duration time = stage.options().warmUp();
        stage.warmUp(load);
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

    /** What was measured with several at once. */
    private record Together(
            List<Costs.Priced<WrkResult>> bare,
            List<Costs.Priced<Loops>> loops,
            List<Costs.Priced<WrkResult>> some,
            List<WrkResult> many) {
        Together() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        static Together measured(Stage stage, Load load, Load bare) throws IOException, InterruptedException {
            Duration time = stage.options().round();
            Together all = new Together();
            Rounds.of(
                    stage.options().rounds(),
                    List.<Rounds.Kind<Boolean>>of(
                            () -> all.bare.add(stage.constantClock()
                                    .price(() -> stage.wrk().run(bare.at(SOME), time), WrkResult::requests)),
                            () -> all.loops.add(stage.loopsClock()
                                    .price(() -> Loops.run(stage.loops(), Stage.workers(), time), Loops::calls)),
                            () -> all.some.add(stage.server()
                                    .clock()
                                    .price(() -> stage.wrk().run(load.at(SOME), time), WrkResult::requests)),
                            () -> all.many.add(stage.wrk().run(load.at(MANY), time))));
            return all;
        }
    }

    private static List<Row> together(Stage stage, Load load, Load bare) throws IOException, InterruptedException {
        Together all = Together.measured(stage, load, bare);
        double servlet = Rounds.median(all.bare, one -> one.result().perSecond());
        double loop = Rounds.median(all.loops, one -> one.result().perSecond());
        double possible = 1 / (1 / servlet + 1 / loop);
        List<WrkResult> some = all.some.stream().map(Costs.Priced::result).toList();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("floor (a): bare servlet, 8 connections", Row.rate(servlet)));
        rows.add(Row.of("floor (b): " + Stage.workers() + " loops over workers' sockets", Row.rate(loop)));
        rows.add(some(some, possible));
        rows.addAll(many(all.many, Rounds.median(some, WrkResult::perSecond)));
        rows.addAll(costs(all));
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

    private static List<Row> costs(Together all) {
        Costs bare = Costs.median(all.bare.stream().map(Costs.Priced::costs).toList());
        Costs loops = Costs.median(all.loops.stream().map(Costs.Priced::costs).toList());
        Costs some = Costs.median(all.some.stream().map(Costs.Priced::costs).toList());
        double share = bare.generator() / bare.wall();
        return List.of(
                Row.of("processor time of a request to (a)", bare.text()),
                Row.of("processor time of a call in (b)", loops.text()),
                Row.of("processor time of a small call, 8 connections", some.text()),
                Row.of(
                        "wrk's part of one processor, at (a) and at the small call",
                        percent(share) + " and " + percent(some.generator() / some.wall())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
