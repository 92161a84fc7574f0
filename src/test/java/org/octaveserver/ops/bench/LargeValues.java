package org.octaveserver.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.web.mps.CallResponseWriter;

/** Large values in and out, beside what their JSON alone costs. */
final class LargeValues implements Scenario {
    private static final double MOST = 1.5;
    private static final int STRINGS = 100_000;
    private static final int STRUCTS = 10_000;
    private static final int FIELDS = 5;
    /** A call may take longer than a round elsewhere. */
    private static final int ROUND_SECONDS = 2;

    @Override
    public String name() {
        return "values";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Random random = new Random(42);
        List<Row> rows = new ArrayList<>();
        double[] numbers = random.doubles(1_000_000).toArray();
        rows.add(row(
                stage, "1000x1000 doubles", NumericArray.doubles(Dimensions.of(1000, 1000), numbers), "at most 1.5"));
        List<OctaveValue> strings = IntStream.range(0, STRINGS)
                .<OctaveValue>mapToObj(i -> CharArray.row("string " + i))
                .toList();
        rows.add(row(stage, "cell of 100,000 strings", new CellArray(Dimensions.row(STRINGS), strings), ""));
        List<String> names =
                IntStream.range(0, FIELDS).mapToObj(i -> "field" + i).toList();
        List<OctaveValue> values = random.doubles((long) STRUCTS * FIELDS)
                .<OctaveValue>mapToObj(NumericArray::scalar)
                .toList();
        rows.add(row(
                stage,
                "struct array of 10,000 with 5 fields",
                new StructArray(Dimensions.row(STRUCTS), names, values),
                ""));
        return rows;
    }

    private static Row row(Stage stage, String what, OctaveValue value, String goal)
            throws IOException, InterruptedException {
        UnsynchronizedByteArrayOutputStream bytes =
                UnsynchronizedByteArrayOutputStream.builder().get();
        new CallResponseWriter().writeResult(List.of(value), OutputFormat.DEFAULT, bytes);
        String answer = bytes.toString(UTF_8);
        Path body = stage.body("large", answer.replaceFirst("\\{\"lhs\":", "{\"nargout\":1,\"rhs\":"));
        Load load = stage.checked(stage.server(), "/bench/same", body, answer);
        int seconds = stage.options().quick() ? ROUND_SECONDS : 3 * ROUND_SECONDS;
        Duration time = Duration.ofSeconds(seconds);
        try (ChildJvm json = new ChildJvm(stage.options().java(), JsonAlone.class.getName(), body.toString())) {
            stage.wrk().run(load, time);
            String unused = json.ask(Long.toString(time.toMillis()));
            List<List<Double>> medians = Rounds.of(
                    stage.options().quick() ? 1 : 3,
                    List.<Rounds.Kind<Double>>of(
                            () -> clean(stage.wrk().run(load, time)).median(),
                            () -> Double.parseDouble(json.ask(Long.toString(time.toMillis() / 2)))));
            double whole = Rounds.median(medians.get(0), x -> x);
            double alone = Rounds.median(medians.get(1), x -> x);
            Row row = Row.of(
                    what + " in and out, " + Row.megabytes(answer.length() / 1048576.0) + " of JSON each way",
                    Row.time(whole),
                    "the JSON alone: " + Row.time(alone),
                    whole / alone);
            return goal.isEmpty() ? row : row.goal(goal, whole / alone <= MOST);
        }
    }

    private static WrkResult clean(WrkResult result) throws IOException {
        if (!result.isClean() || result.requests() == 0) {
            throw new IOException("large values: " + result.requests() + " answers, " + Faults.of(List.of(result)));
        }
        return result;
    }
}
