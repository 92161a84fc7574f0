package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bodies by which MPS's interface is described, as requests to a server with real Octave. They stand in
 * {@code mps/examples.json}, with the section of the description that they come from; a {@code *} at the end of a message
 * stands for what OPS says beyond MPS's words.
 */
class ExamplesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestServer server;

    /** One exchange. */
    record Example(String section, String method, String path, String body, int status, String answer) {
        @Override
        public String toString() {
            return section;
        }
    }

    static List<Example> examples() throws IOException {
        return Arrays.asList(
                JSON.readValue(Path.of("src/test/resources/mps/examples.json").toFile(), Example[].class));
    }

    @BeforeAll
    static void deploy() throws IOException {
        server = TestServer.start(folder, Map.of());
        TestBundle magic = new TestBundle();
        for (String file : List.of("ops.json", "mymagic.m")) {
            magic.file(file, Files.readString(Path.of("docs/examples/magicarchive", file)));
        }
        server.deploy(magic);
        server.deploy(TestBundle.named("examples")
                .function("nothing ()", "")
                .function("varargout = same (varargin)", "varargout = varargin;")
                .function("r = made (code)", "r = eval (code);")
                .function("r = handle ()", "r = @sin;")
                .file("exact_text.m", ExactText.SOURCE)
                .function("r = is (code, value)", "r = strcmp (exact_text (eval (code)), exact_text (value));")
                .file("addmatrix.m", """
                        ## An example of an error.

                        function r = addmatrix (a, b)

                          if (! isequal (size (a), size (b)))
                            ## Too different.
                            error ("addmatrix:badSize", "Matrix sizes differ.");
                          endif
                          r = a + b;

                        endfunction
                        """));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noneIsLost() throws IOException {
        assertThat(examples())
                .hasSizeGreaterThan(100)
                .extracting(Example::section)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isAnsweredAsDescribed(Example example) throws IOException {
        HttpResponse<String> response = server.send(server.request(example.path())
                .header("Content-Type", "application/json")
                .method(
                        example.method(),
                        example.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(example.body())));

        assertThat(withoutMore(response.body(), example.answer())).isEqualTo(example.answer());
        assertThat(response.statusCode()).isEqualTo(example.status());
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    }

    /** The body, its message cut off where the example's message is. */
    private static String withoutMore(String body, String example) throws IOException {
        String wanted = JSON.readTree(example).path("error").path("message").asText();
        if (!wanted.endsWith("*")) {
            return body;
        }
        ObjectNode whole = (ObjectNode) JSON.readTree(body);
        ObjectNode error = (ObjectNode) whole.get("error");
        String begin = wanted.substring(0, wanted.length() - 1);
        assertThat(error.get("message").asText()).startsWith(begin);
        error.put("message", wanted);
        return whole.toString();
    }
}
