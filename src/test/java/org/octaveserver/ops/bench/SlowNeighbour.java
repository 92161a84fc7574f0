package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A function that takes long, called by one client while others call a quick one. */
final class SlowNeighbour implements Scenario {
    private static final int QUICK = 4;
    private static final String SLOW = "{\"nargout\":1,\"rhs\":[0.2]}";
    private static final String SLOW_ANSWER = "{\"lhs\":[{\"mwdata\":[0.2],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}";

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Load quick = stage.checked(stage.server(), "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER)
                .at(QUICK);
        Load slow = stage.checked(stage.server(), "/bench/rests", stage.body("slow", SLOW), SLOW_ANSWER);
        Duration time = stage.options().round();
        stage.warmUp(quick);
        List<WrkResult> slows = new ArrayList<>();
        List<List<WrkResult>> runs = Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<WrkResult>>of(() -> stage.wrk().run(quick, time), () -> {
                    Wrk.Running beside = stage.wrk().start(slow, time);
                    WrkResult result = stage.wrk().run(quick, time);
                    slows.add(beside.result());
                    return result;
                }));
        double alone = Rounds.median(runs.get(0), WrkResult::p99);
        double both = Rounds.median(runs.get(1), WrkResult::p99);
        return List.of(Row.of(
                        "small call, 4 connections, beside a function of 200 ms, p99",
                        Row.time(both),
                        "without: " + Row.time(alone),
                        both / alone)
                .failedWhen(!Faults.areNone(runs.get(1)), Faults.of(runs.get(1)))
                .failedWhen(!Faults.areNone(slows), "slow function: " + Faults.of(slows)));
    }
}
