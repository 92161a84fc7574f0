package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.value.json.JsonValueReader;

/** What plain Octave answers for each line of the corpus, and what a call answers: the same, bit for bit. */
class CorpusIT {
    private static final Path CORPUS = Path.of("src/test/resources/corpus/expressions.txt");
    /** Tokens up to the first of an answer's only output. */
    private static final int START_OF_OUTPUT = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line for each expression: the answer as {@link ExactText} writes it, or the error. */
    private static final String PLAIN = """
            function plain (file)
              for line = strsplit (fileread (file), "\\n")
                try
                  text = exact_text (evaluated (line{1}));
                catch err
                  text = ["error:", err.identifier, ":", err.message];
                end_try_catch
                puts ([strrep(text, "\\n", "\\\\n"), "\\n"]);
              endfor
            endfunction
            """;

    private static final String EVALUATED = "function r = evaluated (code)\n  r = eval (code);\nendfunction\n";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static List<String> expressions = List.of();
    private static List<String> expected = List.of();

    @BeforeAll
    static void askPlainOctave() throws IOException, InterruptedException {
        server = TestServer.start(folder, Map.of());
        server.deploy(TestBundle.named("corpus").file("evaluated.m", EVALUATED));
        expressions = Files.readAllLines(CORPUS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("evaluated.m"), EVALUATED);
        Files.writeString(plain.resolve("exact_text.m"), ExactText.SOURCE);
        Files.writeString(plain.resolve("plain.m"), PLAIN);
        Files.writeString(plain.resolve("expressions.txt"), String.join("\n", expressions));
        Path answers = plain.resolve("answers.txt");
        Process octave = new ProcessBuilder("octave-cli", "--norc", "--no-history", "--eval", "plain expressions.txt")
                .directory(plain.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(octave.waitFor(60, TimeUnit.SECONDS)).isTrue();
        expected = Files.readAllLines(answers);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theCorpusIsWhole() {
        assertThat(expressions).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates();
        assertThat(expected).hasSameSizeAs(expressions);
        assertThat(expected.stream().filter(answer -> answer.startsWith("error:")))
                .hasSizeBetween(10, 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "small"})
    void callsAgreeWithPlainOctave(String mode) throws IOException {
        for (int i = 0; i < expressions.size(); i++) {
            String request = JSON.writeValueAsString(Map.of(
                    "nargout",
                    1,
                    "rhs",
                    List.of(expressions.get(i)),
                    "outputFormat",
                    Map.of("mode", mode, "nanInfFormat", "object")));

            assertThat(answer(request)).as(expressions.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static String answer(String request) throws IOException {
        HttpResponse<String> response = server.post("/corpus/evaluated", request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode error = TestServer.json(response).path("error");
        if (!error.isMissingNode()) {
            return "error:" + error.get("id").asText() + ":"
                    + error.get("message").asText().replace("\n", "\\n");
        }
        try (JsonParser parser = JSON.getFactory().createParser(response.body())) {
            for (int tokens = 0; tokens < START_OF_OUTPUT; tokens++) {
                parser.nextToken();
            }
            return ExactText.of(new JsonValueReader().read(parser, "lhs[0]"));
        }
    }
}
