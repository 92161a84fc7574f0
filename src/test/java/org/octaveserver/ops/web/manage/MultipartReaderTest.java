package org.octaveserver.ops.web.manage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.OpsException;

class MultipartReaderTest {
    private static final String BOUNDARY = "b0undary";

    private static String part(String disposition, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static final String END = "--" + BOUNDARY + "--\r\n";

    private static List<String> read(InputStream body) throws IOException {
        MultipartReader reader = new MultipartReader(body, BOUNDARY);
        List<String> parts = new ArrayList<>();
        for (var part = reader.next(); part.isPresent(); part = reader.next()) {
            String content = new String(part.get().content().readAllBytes(), ISO_8859_1);
            parts.add(part.get().name() + "|" + part.get().fileName().orElse("-") + "|" + content);
        }
        return parts;
    }

    private static List<String> read(String body) throws IOException {
        return read(new ByteArrayInputStream(body.getBytes(ISO_8859_1)));
    }

    /** As slow as a network can be. */
    private static InputStream byteByByte(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    @Test
    void readsPartsInTheirOrder() throws IOException {
        assertThat(read(part("name=\"changes\"", "{}") + part("name=\"f\"; filename=\"a b.zip\"", "PK") + END))
                .containsExactly("changes|-|{}", "f|a b.zip|PK");
    }

    @Test
    void readsWhateverElseTheFormatAllows() throws IOException {
        String body = "a preamble\r\n--" + BOUNDARY + "\r\nX-Other: 1\r\n"
                + "content-disposition: form-data; filename=x.zip; name=\"a b\"\r\nContent-Type: text/plain\r\n\r\n"
                + "1\r\n" + part("name=\"empty\"", "") + END + "an epilogue";
        assertThat(read(body)).containsExactly("a b|x.zip|1", "empty|-|");
    }

    @Test
    void keepsWhatOnlyLooksLikeABoundary() throws IOException {
        String content = "\r\n--b0undar\r\n-\r--b0undary\n--b0undary--\r\r\n-" + "\r\n--B0undary";
        assertThat(read(part("name=\"a\"", content) + END)).containsExactly("a|-|" + content);
    }

    @Test
    void readsBinaryContentOfAnyLengthThroughItsBuffer() throws IOException {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 65_520, 65_536, 65_537, 200_001}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String content = new String(bytes, ISO_8859_1);
            String body = part("name=\"a\"", content) + part("name=\"b\"", content) + END;
            assertThat(read(body)).containsExactly("a|-|" + content, "b|-|" + content);
        }
        byte[] slow = (part("name=\"a\"", "\r\n--b0\r\n".repeat(9)) + END).getBytes(ISO_8859_1);
        assertThat(read(byteByByte(slow))).containsExactly("a|-|" + "\r\n--b0\r\n".repeat(9));
    }

    @Test
    void skipsWhatNobodyReads() throws IOException {
        String body = part("name=\"a\"", "x".repeat(100_000)) + part("name=\"b\"", "y") + END;
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(body.getBytes(ISO_8859_1)), BOUNDARY);
        assertThat(reader.next().map(MultipartReader.Part::name)).contains("a");
        assertThat(reader.next().map(MultipartReader.Part::name)).contains("b");
        assertThat(reader.next()).isEqualTo(Optional.empty());
    }

    @Test
    void namesAreUtf8() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(part("name=\"f\"; filename=\"größe.zip\"", "").getBytes(UTF_8));
        body.writeBytes(END.getBytes(UTF_8));
        assertThat(read(new ByteArrayInputStream(body.toByteArray()))).containsExactly("f|größe.zip|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b0undary\r\n",
                "--b0undary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbroken off",
                "--b0undary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbroken off\r\n--b0undar"
            })
    void tellsABodyThatBreaksOff(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing of the kind", "--b0undary", "--b0undary-", "--b0undaryX\r\n", END})
    void refusesABodyWithoutAnyPart(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(OpsException.class).hasMessageContaining("no part begins");
    }

    @Test
    void refusesWhatIsNoPart() {
        assertThatThrownBy(() -> read("--b0undary\r\nContent-Type: x\r\n\r\n\r\n" + END))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("no Content-Disposition");
        assertThatThrownBy(() -> read(part("filename=\"x\"", "") + END))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("no name");
        assertThatThrownBy(() -> read("--b0undary\r\nX: " + "y".repeat(20_000)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("16384 bytes of headers");
        assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), ""))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("boundary");
    }
}
