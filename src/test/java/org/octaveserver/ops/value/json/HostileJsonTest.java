package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/** Texts made to take the memory, the stack or the time of the server, or to slip a wrong number through. */
@Timeout(20)
final class HostileJsonTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void refusesAHundredThousandArraysInsideEachOther() {
        assertRefused("[".repeat(100_000), "rhs[0]" + "[0]".repeat(8) + "..." + "[0]".repeat(8) + ": nested deeper");
    }

    @Test
    void refusesAHundredThousandStructsInsideEachOther() {
        assertRefused("{\"a\":".repeat(100_000), "nested deeper than 128 levels");
    }

    @Test
    void takesAsManyLevelsOfStructsAsTheLimitSaysAndNoMore() {
        assertThat(Json.read(structs(ValueLimits.MAX_NESTING))).isInstanceOf(StructArray.class);
        assertRefused(structs(ValueLimits.MAX_NESTING + 1), "nested deeper than 128 levels");
    }

    @Test
    void takesAsManyLevelsOfCellsInLargeNotationAsTheLimitSaysAndNoMore() {
        OctaveValue deepest = Json.read(cells(ValueLimits.MAX_NESTING));

        assertThat(Json.read(Json.write(deepest, Json.LARGE))).isEqualTo(deepest);
        assertRefused(cells(ValueLimits.MAX_NESTING + 1), "nested deeper than 128 levels");
    }

    @Test
    void takesAsManyDimensionsAsTheLimitSaysAndNoMore() {
        assertThat(Json.read("[".repeat(128) + "1,2" + "]".repeat(128))
                        .dimensions()
                        .rank())
                .isEqualTo(128);
        assertRefused("[".repeat(129) + "1,2" + "]".repeat(129), "an array may have 128 dimensions");
    }

    @Test
    void allocatesNothingForAGigabyteThatIsOnlyDeclared() {
        String json = "{\"mwdata\":[1,2,3],\"mwsize\":[11585,11585],\"mwtype\":\"double\"}";

        assertThat(allocatedBy(() -> refusal(json))).isLessThan(MEGABYTE);
    }

    @Test
    void allocatesNothingForRowsThatOnlyTheFirstBranchHas() {
        String thousand = "[" + String.join(",", Collections.nCopies(1000, "1")) + "]";
        String json = "[[" + thousand + ",1],1" + ",0".repeat(1000) + "]";

        assertThat(allocatedBy(() -> refusal(json))).isLessThan(MEGABYTE);
    }

    @Test
    void allocatesNothingForRowsOfCharThatAreOnlyDeclared() {
        String json = "{\"mwdata\":[\"abc\"],\"mwsize\":[2000000000,1],\"mwtype\":\"char\"}";

        assertThat(allocatedBy(() -> refusal(json))).isLessThan(MEGABYTE);
        assertThat(Json.read(json.replace("abc", "")).dimensions()).isEqualTo(Dimensions.of(2_000_000_000, 0));
    }

    @Test
    void takesOnlySoManyElementsThatAreOnlyDeclared() {
        String json = "{\"mwdata\":{},\"mwsize\":[1000,%d],\"mwtype\":\"struct\"}";

        assertThat(Json.read(json.formatted(1000)).dimensions()).isEqualTo(Dimensions.of(1000, 1000));
        assertRefused(json.formatted(1001), "rhs[0].mwdata: a struct array without fields may have 1000000 elements");
    }

    @Test
    void keepsMemoryNearTheTextOfAMatrix() {
        Random random = new Random(7);
        String numbers = random.doubles(100_000).mapToObj(Double::toString).collect(Collectors.joining(","));
        String large = "{\"mwdata\":[" + numbers + "],\"mwsize\":[1,100000],\"mwtype\":\"double\"}";
        Json.read(large);

        assertThat(allocatedBy(() -> Json.read(large))).isLessThan(4L * large.length());
        assertThat(allocatedBy(() -> Json.read("[[" + numbers + "]]"))).isLessThan(5L * large.length());
    }

    @Test
    void readsFourHundredDigitsWhenTheyAreADouble() {
        assertThat(Json.read("0." + "0".repeat(20) + "1".repeat(380))).isEqualTo(NumericArray.scalar(1.0 / 9e20));
        assertThat(Json.read("1" + "0".repeat(300))).isEqualTo(NumericArray.scalar(1e300));
        assertRefused("1" + "0".repeat(400), "the number is too large for a double");
    }

    @Test
    void takesAnExponentThatVanishesForZero() {
        assertThat(Json.read("1e-999999999")).isEqualTo(NumericArray.scalar(0));
        assertRefused("1e999999999", "the number is too large for a double");
    }

    @Test
    void keepsTheSignOfZeroHoweverItIsWritten() {
        assertThat(Json.read("[-0,-0.0,-0e5]")).isEqualTo(NumericArray.doubles(Dimensions.row(3), -0.0, -0.0, -0.0));
    }

    private static String structs(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static String cells(int levels) {
        return "{\"mwdata\":[".repeat(levels) + "1" + "],\"mwsize\":[1,1],\"mwtype\":\"cell\"}".repeat(levels);
    }

    private static void assertRefused(String json, String message) {
        assertThatExceptionOfType(OpsException.class)
                .isThrownBy(() -> Json.read(json))
                .withMessageContaining(message);
    }

    private static OpsException refusal(String json) {
        try {
            throw new AssertionError("read as " + Json.read(json));
        } catch (OpsException e) {
            return e;
        }
    }

    /** The bytes that this thread allocates for an action. */
    private static long allocatedBy(Supplier<?> action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(action.get()).isNotNull();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
