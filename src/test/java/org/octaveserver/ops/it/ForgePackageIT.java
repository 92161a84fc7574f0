package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A package that nobody here wrote: linear-algebra 2.2.3 of Octave Forge, the archive as its authors published it. What
 * its functions answer through OPS is what a plain {@code octave-cli} answers, to the last bit.
 */
class ForgePackageIT {
    private static final String ARCHIVE = "/packages/linear-algebra-2.2.3.tar.gz";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() throws IOException {
        server = TestServer.start(folder, Map.of());
        HttpResponse<String> deployed;
        try (var archive = ForgePackageIT.class.getResourceAsStream(ARCHIVE)) {
            deployed = server.deploy(archive.readAllBytes(), "");
        }
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
        assertThat(TestServer.json(deployed).get("name").asText()).isEqualTo("linear-algebra");
        assertThat(TestServer.json(deployed).get("version").asText()).isEqualTo("2.2.3");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    vec_projection | [[1,2,3]],[[0.1,0.7,-3]]       | [1, 2, 3], [0.1, 0.7, -3]
                    cartprod       | [[1,2.5]],[[3,4,0.1]]          | [1, 2.5], [3, 4, 0.1]
                    cod            | [[1,2,3],[4,5,6.1],[7,8,9.7]]  | [1, 2, 3; 4, 5, 6.1; 7, 8, 9.7]
                    rotv           | [[0.3,1.1,-2]]                 | [0.3, 1.1, -2]
                    circulant_make_matrix | [[1],[3],[5.5]]         | [1; 3; 5.5]
                    """)
    void answersWhatPlainOctaveAnswers(String function, String rhs, String arguments) throws Exception {
        HttpResponse<String> response =
                server.post("/linear-algebra/" + function, "{\"nargout\":1,\"rhs\":[" + rhs + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);

        JsonNode value = TestServer.json(response).get("lhs").get(0);

        assertThat(bits(value)).isEqualTo(plainOctave(function + " (" + arguments + ")"));
    }

    /** Size and the bits of every element. */
    private static String bits(JsonNode value) {
        StringBuilder text = new StringBuilder(value.get("mwtype").asText());
        value.get("mwsize").forEach(extent -> text.append(' ').append(extent.asLong()));
        value.get("mwdata")
                .forEach(element ->
                        text.append(String.format(" %016x", Double.doubleToRawLongBits(element.asDouble()))));
        return text.toString();
    }

    /** The same, told by an octave-cli that has nothing to do with OPS. */
    private static String plainOctave(String expression) throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("plain"));
        try (var archive = ForgePackageIT.class.getResourceAsStream(ARCHIVE)) {
            Files.write(folder.resolve("plain.tar.gz"), archive.readAllBytes());
        }
        run(List.of("tar", "xzf", folder.resolve("plain.tar.gz").toString(), "-C", unpacked.toString()));
        String code = "addpath ('" + unpacked.resolve("linear-algebra-2.2.3/inst") + "'); x = " + expression + ";"
                + "printf ('%s', class (x)); printf (' %d', size (x));"
                + "for h = num2hex (x(:)).', printf (' %s', h); end";
        return run(List.of("octave-cli", "--norc", "--no-history", "--quiet", "--eval", code));
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    @Test
    void itsPrivateFunctionsAndMethodsCannotBeCalled() {
        server.callThatFails("/linear-algebra/blksize", 404, "{\"nargout\":1,\"rhs\":[1]}");
    }
}
