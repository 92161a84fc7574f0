package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.WorkerFrames;

/**
 * Values through a real Octave: what comes back, and what Octave itself says of them. How many arbitrary values is the
 * system property {@code ops.test.values}, where they begin {@code ops.test.seed}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireBehaviour {
    private static final int VALUES = Integer.getInteger("ops.test.values", 10_000);
    private static final long SEED = Long.getLong("ops.test.seed", System.nanoTime());
    private static final int BATCH = 250;

    @TempDir
    static Path folder;

    private final Launching.Kind kind;

    @SuppressWarnings("NullAway.Init")
    private Launching launching;

    @SuppressWarnings("NullAway.Init")
    private Worker worker;

    WireBehaviour(Launching.Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() {
        launching = new Launching(folder, kind)
                .with("describe", DescribedInOctave.SOURCE)
                .with(
                        "describe_all",
                        "function r = describe_all (c)\n  r = cellfun (@describe, c, 'UniformOutput', false);\nend\n")
                .with("evaluate", "function r = evaluate (text)\n  r = eval (text);\nend\n")
                .with(
                        "nested",
                        "function r = nested (n, wrap)\n  r = 1;\n  for i = 1:n\n    r = wrap (r);\n  end\nend\n");
        worker = launching.launch();
    }

    @AfterAll
    void stop() {
        worker.shutdown(Duration.ofSeconds(3));
        launching.close();
    }

    private Answer answer(String function, OctaveValue... arguments) {
        return worker.call(new CallRequest("", function, 1, List.of(arguments)), Deadline.after(Duration.ofSeconds(60)))
                .answer();
    }

    private OctaveValue call(String function, OctaveValue... arguments) {
        Answer answer = answer(function, arguments);
        assertThat(answer).isInstanceOf(Answer.Result.class);
        return ((Answer.Result) answer).outputs().get(0);
    }

    private OctaveFailure failure(String function, OctaveValue... arguments) {
        Answer answer = answer(function, arguments);
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(worker.isUsable()).isTrue();
        return ((Answer.Failed) answer).failure();
    }

    private OctaveValue evaluated(String text) {
        return call("evaluate", CharArray.row(text));
    }

    private static CellArray row(List<OctaveValue> values) {
        return new CellArray(Dimensions.row(values.size()), values);
    }

    /** Every bit of a value, to compare and to show. */
    private static String hex(OctaveValue value) {
        return HexFormat.of().formatHex(WorkerFrames.values(List.of(value)));
    }

    private interface BatchCheck {
        void check(List<OctaveValue> batch, String description);
    }

    private void forArbitraryValues(BatchCheck check) {
        JqwikSession.run(() -> {
            RandomGenerator<OctaveValue> generator = OctaveValues.any().generator(1000);
            Random random = new Random(SEED);
            for (int done = 0; done < VALUES; done += BATCH) {
                List<OctaveValue> batch = new ArrayList<>();
                while (batch.size() < BATCH) {
                    batch.add(generator.next(random).value());
                }
                check.check(batch, "ops.test.seed=" + SEED + " from " + done);
            }
        });
    }

    @Test
    void everyValueComesBackWithEveryBit() {
        forArbitraryValues((batch, description) -> {
            CellArray back = (CellArray) call("identity", row(batch));

            assertThat(back.dimensions()).isEqualTo(Dimensions.row(BATCH));
            for (int i = 0; i < BATCH; i++) {
                assertThat(hex(back.cells().get(i)))
                        .as("%s, number %d: %s", description, i, batch.get(i))
                        .isEqualTo(hex(InOctave.kept(batch.get(i), kind)));
            }
        });
    }

    @Test
    void octaveSeesEveryValueAsItWasMeant() {
        forArbitraryValues((batch, description) -> {
            CellArray seen = (CellArray) call("describe_all", row(batch));

            for (int i = 0; i < BATCH; i++) {
                assertThat(hex(seen.cells().get(i)))
                        .as("%s, number %d: %s", description, i, hex(batch.get(i)))
                        .isEqualTo(hex(DescribedInOctave.description(InOctave.kept(batch.get(i), kind))));
            }
        });
    }

    @Test
    void integersArriveUpToTheirLastBit() {
        for (NumericClass type : List.of(NumericClass.INT64, NumericClass.UINT64)) {
            OctaveValue extremes = new NumericArray(
                    type,
                    Dimensions.row(4),
                    false,
                    Elements.ofLongs(Long.MIN_VALUE, Long.MAX_VALUE, -1, (1L << 53) + 1));

            assertThat(call("identity", extremes)).isEqualTo(extremes);
        }
        assertThat(evaluated("[intmin('int64'), intmax('int64')]"))
                .isEqualTo(new NumericArray(
                        NumericClass.INT64,
                        Dimensions.row(2),
                        false,
                        Elements.ofLongs(Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    @Test
    void nansKeepTheirPayloadAndZerosTheirSign() {
        OctaveValue numbers = new NumericArray(
                NumericClass.DOUBLE,
                Dimensions.row(4),
                false,
                Elements.ofLongs(0x7ff0_dead_beef_0001L, 0xfff8_0000_0000_07a2L, Long.MIN_VALUE, 1));

        assertThat(call("identity", numbers)).isEqualTo(numbers);
        assertThat(evaluated("NA"))
                .isEqualTo(NumericArray.scalar(Double.longBitsToDouble(0x7ff8_40f4_4000_0000L)))
                .isNotEqualTo(NumericArray.scalar(Double.NaN));
    }

    @Test
    void whatOctaveKeepsInSpecialWaysArrivesFull() {
        assertThat(evaluated("1:3")).isEqualTo(NumericArray.doubles(Dimensions.row(3), 1, 2, 3));
        assertThat(evaluated("0:-1")).isEqualTo(NumericArray.doubles(Dimensions.row(0)));
        assertThat(evaluated("eye (2)")).isEqualTo(NumericArray.doubles(Dimensions.of(2, 2), 1, 0, 0, 1));
        assertThat(evaluated("eye (2)(:, [2, 1])")).isEqualTo(NumericArray.doubles(Dimensions.of(2, 2), 0, 1, 1, 0));
        assertThat(evaluated("inv (2 * eye (2))")).isEqualTo(NumericArray.doubles(Dimensions.of(2, 2), .5, 0, 0, .5));
        assertThat(evaluated("(1:2) > 1"))
                .isEqualTo(new LogicalArray(Dimensions.row(2), Elements.wrap(new byte[] {0, 1})));
        assertThat(evaluated("2i * eye (1, 2)"))
                .isEqualTo(
                        new NumericArray(NumericClass.DOUBLE, Dimensions.row(2), true, Elements.ofDoubles(0, 2, 0, 0)));
        assertThat(evaluated("single (eye (2))(1, :)"))
                .isEqualTo(new NumericArray(
                        NumericClass.SINGLE, Dimensions.row(2), false, OctaveValues.littleEndian(4, 0x3f800000, 0)));
    }

    @Test
    void complexStaysComplexWhateverItsParts() {
        assertThat(evaluated("complex (1, 0)"))
                .isEqualTo(new NumericArray(NumericClass.DOUBLE, Dimensions.SCALAR, true, Elements.ofDoubles(1, 0)));
        assertThat(evaluated("complex (sparse (2, 2))"))
                .isEqualTo(new SparseMatrix(
                        Dimensions.of(2, 2), SparseMatrix.Kind.COMPLEX, Elements.NONE, Elements.NONE, Elements.NONE));
    }

    @Test
    void functionHandlesTravelAsTheirText() {
        for (String text : List.of("sin", "@(x) x + 1", "@() disp ('é')", "@(varargin) numel (varargin)")) {
            OctaveValue handle = new FunctionHandle(text);

            assertThat(call("identity", handle)).isEqualTo(handle);
        }
        assertThat(evaluated("@(x)x+1")).isEqualTo(new FunctionHandle("@(x) x + 1"));
    }

    @Test
    void valuesNestAsDeepAsEveryEncodingAllowsBothWays() {
        OctaveValue cells = NumericArray.scalar(1);
        OctaveValue structs = NumericArray.scalar(1);
        for (int i = 0; i < 128; i++) {
            cells = new CellArray(Dimensions.SCALAR, List.of(cells));
            structs = new StructArray(Dimensions.SCALAR, List.of("a"), List.of(structs));
        }

        assertThat(call("identity", cells)).isEqualTo(cells);
        assertThat(call("identity", structs)).isEqualTo(structs);
        assertThat(call("nested", NumericArray.scalar(128), new FunctionHandle("@(x) {x}")))
                .isEqualTo(cells);
    }

    @Test
    void anOutputThatNestsDeeperHasNoEncoding() {
        for (double levels : new double[] {129, 300, 5000}) {
            for (String wrap : List.of("@(x) {x}", "@(x) struct ('a', {x})")) {
                OctaveFailure failure = failure("nested", NumericArray.scalar(levels), new FunctionHandle(wrap));

                assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.NO_ENCODING);
                assertThat(failure.message()).startsWith("output 1").endsWith(": nested deeper than 128 levels");
            }
        }
    }

    @Test
    void anOutputOfTooManyDimensionsHasNoEncoding() {
        OctaveFailure failure = failure("evaluate", CharArray.row("{1, zeros([2, ones(1, 200), 2])}"));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.NO_ENCODING);
        assertThat(failure.message()).isEqualTo("output 1{2}: 202 dimensions are more than 128");
    }

    @Test
    void theElementOfAStructArrayThatHasNoEncodingIsNamed() {
        assertThat(failure("evaluate", CharArray.row("struct ('a', {1, {2, containers.Map()}})"))
                        .message())
                .isEqualTo("output 1(2).a{2}: a value of class containers.Map has no encoding");
    }

    @Test
    void argumentsThatOctaveCannotTakeAreRefusedAndTheWorkerLivesOn() {
        SparseMatrix wide = new SparseMatrix(
                Dimensions.of(1, 1L << 50), SparseMatrix.Kind.DOUBLE, Elements.NONE, Elements.NONE, Elements.NONE);

        for (OctaveValue bad : List.of(new FunctionHandle("@(x"), wide)) {
            OctaveFailure failure = failure("identity", bad);

            assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.REFUSED);
            assertThat(failure.message()).startsWith("Octave cannot take the arguments: ");
        }
    }
}
