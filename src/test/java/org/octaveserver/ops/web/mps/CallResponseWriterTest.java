package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.value.json.OutputFormat.Mode;
import org.octaveserver.ops.value.json.OutputFormat.NanInf;

/** Answers are byte for byte what MPS sends. */
final class CallResponseWriterTest {
    private static final OctaveValue MAGIC =
            NumericArray.doubles(Dimensions.of(4, 4), 16, 5, 9, 4, 2, 11, 7, 14, 3, 10, 6, 15, 13, 8, 12, 1);

    private final CallResponseWriter writer = new CallResponseWriter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public void close() {
            throw new AssertionError("closed");
        }
    };

    @Test
    void writesTheBodyThatWasCapturedFromMps() throws IOException {
        writer.writeResult(List.of(MAGIC), OutputFormat.DEFAULT, out);

        assertThat(written())
                .isEqualTo("{\"lhs\":[{\"mwdata\":[16,5,9,4,2,11,7,14,3,10,6,15,13,8,12,1],"
                        + "\"mwsize\":[4,4],\"mwtype\":\"double\"}]}")
                .hasSize(94);
    }

    @Test
    void writesSmallNotationWhenAskedTo() throws IOException {
        writer.writeResult(List.of(MAGIC, CharArray.row("é")), new OutputFormat(Mode.SMALL, NanInf.STRING), out);

        assertThat(written()).isEqualTo("{\"lhs\":[[[16,2,3,13],[5,11,10,8],[9,7,6,12],[4,14,15,1]],\"é\"]}");
    }

    @Test
    void writesNoOutputs() throws IOException {
        writer.writeResult(List.of(), OutputFormat.DEFAULT, out);

        assertThat(written()).isEqualTo("{\"lhs\":[]}");
    }

    @Test
    void writesNothingWhenAnOutputHasNoForm() {
        assertThatExceptionOfType(OpsException.class)
                .isThrownBy(
                        () -> writer.writeResult(List.of(MAGIC, new FunctionHandle("sin")), OutputFormat.DEFAULT, out))
                .withMessage("lhs[1]: a function handle has no JSON form");
        assertThat(written()).isEmpty();
    }

    @Test
    void writesTheErrorOfAFunction() throws IOException {
        MatlabError error = new MatlabError(
                "addmatrix:badSize",
                "Matrix sizes \"differ\".\n\ud800",
                List.of(new MatlabError.Frame("addmatrix.m", "addmatrix", 7)));

        writer.writeMatlabError(error, out);

        assertThat(written())
                .isEqualTo("{\"error\":{\"type\":\"matlaberror\",\"id\":\"addmatrix:badSize\","
                        + "\"message\":\"Matrix sizes \\\"differ\\\".\\n\\uD800\","
                        + "\"stack\":[{\"file\":\"addmatrix.m\",\"name\":\"addmatrix\",\"line\":7}]}}");
    }

    @Test
    void writesTheErrorOfTheServer() throws IOException {
        writer.writeHttpError(404, "ComponentNotFound", "Component not found.", out);

        assertThat(written())
                .isEqualTo("{\"error\":{\"type\":\"httperror\",\"code\":404,"
                        + "\"messageId\":\"ComponentNotFound\",\"message\":\"Component not found.\"}}");
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
