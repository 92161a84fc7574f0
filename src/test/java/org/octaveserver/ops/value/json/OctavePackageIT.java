package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.Launching;
import org.octaveserver.ops.worker.Worker;

/**
 * {@code mps.json} of the Octave package says the same as the server, byte for byte, and takes the same. How many
 * arbitrary values and texts is the system property {@code ops.test.values}, how many numbers {@code ops.test.numbers},
 * where they begin {@code ops.test.seed}.
 */
class OctavePackageIT {
    private static final int VALUES = Integer.getInteger("ops.test.values", 500);
    private static final long SEED = Long.getLong("ops.test.seed", System.nanoTime());
    private static final int BATCH = 250;
    private static final int NUMBERS = Integer.getInteger("ops.test.numbers", 20_000);
    /** What a damaged text gets; no number that an extent can be and a double, as which Octave takes it, cannot. */
    private static final List<String> PIECES =
            List.of(("[ ] { } , : \" \\ - . e 1 0 12345678901234 null true \"NaN\" [1] \"mwsize\" \\udc80"
                            + " \\ud83d \u0001 é 1,1 {\"mwdata\":\"Inf\"} \t")
                    .split(" ", -1));

    @TempDir
    static Path folder;

    private static Launching launching;
    private static Worker worker;

    @BeforeAll
    static void start() {
        launching = new Launching(folder).with("encode_all", """
                        function r = encode_all (c, varargin)
                          r = {c, cellfun(@(x) mps.json.encode (x, varargin{:}), c, "UniformOutput", false)};
                        end
                        """).with("read_all", """
                        function r = read_all (texts)
                          r = cell (2, numel (texts));
                          for i = 1:numel (texts)
                            try
                              r{1,i} = mps.json.decode (texts{i});
                              r{2,i} = "";
                            catch err
                              r{2,i} = [err.identifier, " ", err.message];
                            end
                          end
                        end
                        """);
        worker = launching.launch();
    }

    @AfterAll
    static void stop() {
        worker.shutdown(Duration.ofSeconds(3));
        launching.close();
    }

    private static List<OctaveValue> call(String function, OctaveValue... arguments) {
        Answer answer = worker.call(
                        new CallRequest("", function, 1, List.of(arguments)), Deadline.after(Duration.ofMinutes(2)))
                .answer();
        assertThat(answer).isInstanceOf(Answer.Result.class);
        return ((CellArray) ((Answer.Result) answer).outputs().get(0)).cells();
    }

    private static CellArray row(List<? extends OctaveValue> values) {
        return new CellArray(Dimensions.row(values.size()), List.copyOf(values));
    }

    private static List<OctaveValue> cells(OctaveValue value) {
        return ((CellArray) value).cells();
    }

    private static String text(OctaveValue value) {
        return ((CharArray) value).text();
    }

    private interface BatchCheck {
        void check(List<OctaveValue> batch, Random random, String description);
    }

    private static void forArbitraryValues(BatchCheck check) {
        JqwikSession.run(() -> {
            RandomGenerator<OctaveValue> generator = OctaveValues.encodable().generator(1000);
            Random random = new Random(SEED);
            for (int done = 0; done < VALUES; done += BATCH) {
                List<OctaveValue> batch = new ArrayList<>();
                while (batch.size() < BATCH) {
                    batch.add(generator.next(random).value());
                }
                check.check(batch, random, "ops.test.seed=" + SEED + " from " + done);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"small,string", "small,object", "large,string", "large,object"})
    void writesEveryValueAsTheServerDoes(String mode, String special) {
        OutputFormat format = new OutputFormat(
                OutputFormat.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
                OutputFormat.NanInf.valueOf(special.toUpperCase(Locale.ROOT)));
        forArbitraryValues((batch, random, description) -> {
            List<OctaveValue> answer = call(
                    "encode_all",
                    row(batch),
                    CharArray.row("Format"),
                    CharArray.row(mode),
                    CharArray.row("NaNInfType"),
                    CharArray.row(special));
            List<OctaveValue> kept = cells(answer.get(0));
            List<OctaveValue> texts = cells(answer.get(1));
            for (int i = 0; i < batch.size(); i++) {
                assertThat(text(texts.get(i)))
                        .as("%s, number %d: %s", description, i, batch.get(i))
                        .isEqualTo(Json.write(kept.get(i), format));
            }
        });
    }

    @Test
    void readsEveryValueAsTheServerDoes() {
        forArbitraryValues((batch, random, description) -> {
            List<String> texts = batch.stream()
                    .map(value -> Json.write(value, random.nextBoolean() ? Json.LARGE : Json.SMALL))
                    .toList();
            assertAgreement(texts, description);
        });
    }

    /** Texts with some characters changed: what one side refuses the other refuses, for the same reason. */
    @Test
    void refusesWhatTheServerRefuses() {
        forArbitraryValues((batch, random, description) -> {
            List<String> texts = batch.stream()
                    .map(value -> Json.write(value, random.nextBoolean() ? Json.LARGE : Json.SMALL))
                    .filter(text -> text.length() < 10_000)
                    .map(text -> damaged(text, random))
                    .toList();
            assertAgreement(texts, description);
        });
    }

    @Test
    void agreesWithTheServerOnEveryKnownTrap() {
        assertAgreement(JsonTraps.all(), "JsonTraps");
    }

    private static String damaged(String text, Random random) {
        int[] points = text.codePoints().toArray();
        StringBuilder changed = new StringBuilder();
        int at = random.nextInt(points.length + 1);
        for (int i = 0; i <= points.length; i++) {
            int what = i == at ? random.nextInt(3) : 3;
            if (what < 2) {
                changed.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            if (i < points.length && what != 1 && what != 2) {
                changed.appendCodePoint(points[i]);
            }
        }
        return changed.toString();
    }

    private static void assertAgreement(List<String> texts, String description) {
        List<OctaveValue> answers =
                call("read_all", row(texts.stream().map(CharArray::row).toList()));
        for (int i = 0; i < texts.size(); i++) {
            String refusal = text(answers.get(2 * i + 1));
            Object read = refusal.isEmpty() ? answers.get(2 * i) : essence(refusal);
            assertThat(read)
                    .as("%s, number %d: %s", description, i, texts.get(i))
                    .isEqualTo(readByServer(texts.get(i)));
        }
    }

    /** Of JSON that is none, or too deep for a reader, only this is the same: that it is refused. */
    private static String essence(String refusal) {
        return refusal.replaceAll("^mps:json:(syntax .*|.*nested deeper than 128 levels)$", "syntax or depth");
    }

    /** The value, or the message with which {@code decode} should refuse it. */
    private static Object readByServer(String text) {
        if (!Json.isJson(text)) {
            return essence("mps:json:syntax ");
        }
        try {
            return Json.read(text, "value");
        } catch (OpsException e) {
            return essence("mps:json:notation decode: " + e.getMessage());
        }
    }

    @Test
    void writesEveryDoubleWithTheSameDigits() {
        Random random = new Random(SEED);
        double[] values = IntStream.range(0, NUMBERS)
                .mapToDouble(i -> number(random, i))
                .map(x -> Double.isNaN(x) ? Double.NaN : x)
                .toArray();
        NumericArray array = NumericArray.doubles(Dimensions.row(values.length), values);

        assertSameElements(array, i -> Double.toHexString(values[i]));
    }

    private static double number(Random random, int i) {
        return switch (i % 5) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000) / 1000.0;
            case 2 -> Math.scalb(1.0, i / 5 % 2098 - 1074);
            case 3 -> Double.parseDouble(random.nextInt(10_000) + "e" + (random.nextInt(650) - 330));
            default -> Double.longBitsToDouble(random.nextLong() >>> 12 >>> random.nextInt(52));
        };
    }

    @Test
    void writesEverySingleWithTheSameDigits() {
        Random random = new Random(SEED);
        long[] bits = IntStream.range(0, NUMBERS)
                .mapToLong(i -> Float.floatToIntBits(
                        i % 3 == 0 ? Math.scalb(1f, i / 3 % 278 - 149) : Float.intBitsToFloat(random.nextInt())))
                .toArray();
        NumericArray array = new NumericArray(
                NumericClass.SINGLE, Dimensions.row(bits.length), false, OctaveValues.littleEndian(Float.BYTES, bits));

        assertSameElements(array, i -> Float.toHexString(Float.intBitsToFloat((int) bits[i])));
    }

    private static void assertSameElements(NumericArray array, IntFunction<String> shown) {
        OctaveValue texts = call("encode_all", row(List.of(array)), CharArray.row("Format"), CharArray.row("large"))
                .get(1);
        String octave = text(cells(texts).get(0));
        String server = Json.write(array, Json.LARGE);
        List<String> expected = Arrays.asList(server.split(",", -1));
        List<String> actual = Arrays.asList(octave.split(",", -1));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            int element = i;
            assertThat(actual.get(i))
                    .as(() -> "ops.test.seed=" + SEED + ": " + shown.apply(Math.min(element, NUMBERS - 1)))
                    .isEqualTo(expected.get(i));
        }
        assertAgreement(List.of(server), "all elements");
    }
}
