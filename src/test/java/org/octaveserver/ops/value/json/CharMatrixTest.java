package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;

/** Bytes travel as text, and those that are none as escapes. */
final class CharMatrixTest {
    @Test
    void readsARowAsUtf8() {
        assertThat(text(Dimensions.row(5), 0xC3, 0xA9, 0xE2, 0x82, 0xAC)).isEqualTo("é€");
    }

    @Test
    void escapesWhatIsNoUtf8() {
        assertThat(text(Dimensions.row(3), 'a', 0xFF, 'b')).isEqualTo("a\udcffb");
        assertThat(text(Dimensions.row(2), 0xC0, 0x80)).as("overlong").isEqualTo("\udcc0\udc80");
        assertThat(text(Dimensions.row(3), 0xED, 0xA0, 0x80)).as("surrogate").isEqualTo("\udced\udca0\udc80");
        assertThat(text(Dimensions.row(4), 0xF4, 0x90, 0x80, 0x80))
                .as("beyond U+10FFFF")
                .isEqualTo("\udcf4\udc90\udc80\udc80");
        assertThat(text(Dimensions.row(2), 0xE2, 0x82)).as("cut off").isEqualTo("\udce2\udc82");
    }

    @Test
    void keepsCharactersWholeWhenAllRowsHaveAsMany() {
        assertThat(text(Dimensions.of(2, 2), 0xC3, 0xC3, 0xA9, 0x9F)).isEqualTo("éß");
    }

    @Test
    void fallsBackToBytesWhenRowsDiffer() {
        assertThat(text(Dimensions.of(2, 2), 0xC3, 'a', 0xA9, 'b')).isEqualTo("\udcc3a\udca9b");
    }

    @Test
    void writesEscapesAsAsciiWithEveryGenerator() throws IOException {
        String json = "\"\uD83D\uDE00\\n\\\"\\udcff\\udc80é\"";
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            TextWriter.write("\uD83D\uDE00\n\"\udcff\udc80é", generator);
        }

        assertThat(out).hasToString(json);
        assertThat(Json.write(Json.read(json), Json.SMALL)).isEqualTo(json);
    }

    private static String text(Dimensions dimensions, int... unsigned) {
        byte[] bytes = new byte[unsigned.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return CharMatrix.text(new CharArray(dimensions, Elements.wrap(bytes)));
    }
}
