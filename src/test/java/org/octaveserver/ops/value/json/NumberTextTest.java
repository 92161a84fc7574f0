package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValues;

/** Numbers are written with the fewest digits that read back as the same bits. */
final class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "16, 16",
        "-3, -3",
        "-0.0, -0",
        "0.1, 0.1",
        "2.0E-3, 0.002",
        "1.0E10, 10000000000",
        "9007199254740992, 9007199254740992",
        "1.0E16, 1E16",
        "1.0E300, 1E300",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "4.9E-324, 4.9E-324",
        "2.0E-323, 2E-323",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        // JDK 17 itself prints 1.9999999999999998E23: JDK-4511638
        "2.0E23, 2E23",
    })
    void writesADouble(double value, String text) {
        assertThat(Json.write(NumericArray.scalar(value), Json.SMALL)).isEqualTo(text);
        assertThat(Json.read(text)).isEqualTo(NumericArray.scalar(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "16, 16",
        "-0.0, -0",
        "16777216, 16777216",
        "3.4028235E38, 3.4028235E38",
        "1.4E-45, 1.4E-45",
        "1.0E10, 1E10",
        // its nearest double lies exactly between two floats, and rounding that again gives the other one
        "7.038531E-26, 7.038531E-26",
        "-7.038531E-26, -7.038531E-26",
    })
    void writesASingleWithItsOwnDigits(float value, String text) {
        Elements elements = OctaveValues.littleEndian(Float.BYTES, Float.floatToRawIntBits(value));
        NumericArray single = new NumericArray(NumericClass.SINGLE, Dimensions.SCALAR, false, elements);
        String json = "{\"mwdata\":[" + text + "],\"mwsize\":[1,1],\"mwtype\":\"single\"}";

        assertThat(Json.write(single, Json.LARGE)).isEqualTo(json);
        assertThat(Json.read(json)).isEqualTo(single);
    }

    @Test
    void roundsALargeUnsignedIntegerOnce() {
        assertThat(Json.read("9223372036854776833")).isEqualTo(NumericArray.scalar(0x1.0000000000001p63));
    }
}
