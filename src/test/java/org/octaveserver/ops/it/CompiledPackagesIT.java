package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that Octave's own pkg compiles when they are deployed, and what keeps it from doing so. */
class CompiledPackagesIT {
    private static final String MAKEFILE = "all: twice.oct\n%.oct: %.cc\n\t$(MKOCTFILE) $<\n";

    private static final String TWICE = """
            // PKG_ADD: autoload ("thrice", fullfile (fileparts (mfilename ("fullpath")), "twice.oct"));
            #include <octave/oct.h>
            DEFUN_DLD (twice, args, , "two times") { return octave_value (2 * args(0).array_value ()); }
            DEFUN_DLD (thrice, args, , "three times") { return octave_value (3 * args(0).array_value ()); }
            """;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(folder, Map.of("ops.bundles.build-timeout", "30s", "ops.bundles.smoke-timeout", "3s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestBundle pkg(String name) {
        return new TestBundle()
                .file("DESCRIPTION", """
                        Name: %s
                        Version: 1.0.0
                        Date: 2026-01-01
                        Title: A test
                        Author: The OPS developers
                        Maintainer: The OPS developers
                        Description: A test
                        Categories: Tests
                        """.formatted(name))
                .file("COPYING", "GPL\n")
                .file("inst/four.m", "function r = four ()\n  r = twice (2);\nendfunction\n");
    }

    private static HttpResponse<String> deploy(TestBundle bundle) {
        return server.send(server.request("/api/v1/bundles")
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bundle.zip())));
    }

    private static String refused(TestBundle bundle, int status, String code) {
        HttpResponse<String> response = deploy(bundle);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode problem = TestServer.json(response);
        assertThat(response.body()).contains(code);
        return problem.get("detail").asText();
    }

    private static Path bundles() {
        return server.home().resolve("bundles");
    }

    private static List<Path> below(String directory) throws IOException {
        Path root = bundles().resolve(directory);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> !path.equals(root)).toList();
        }
    }

    private static void assertNothingLeftOf(String name) throws IOException {
        assertThat(bundles().resolve("store").resolve(name)).doesNotExist();
        assertThat(below("incoming")).isEmpty();
        assertThat(server.getAsAdmin("/api/v1/bundles").body()).doesNotContain("\"" + name + "\"");
    }

    @Test
    void compilesAndAnswersCalls() throws IOException {
        HttpResponse<String> response = deploy(pkg("compiled")
                .file("src/Makefile", MAKEFILE)
                .file("src/twice.cc", TWICE)
                .file("ops.json", "{\"smoke\":{\"function\":\"four\",\"nargout\":1}}"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);

        assertThat(server.call("/compiled/twice", 1, "[[1,2.5]]").get(0)).hasToString("[[2,5]]");
        assertThat(server.call("/compiled/four", 1, "[]").get(0)).hasToString("4");
        // From the PKG_ADD, which finds the library beside itself, where it is now.
        assertThat(server.call("/compiled/thrice", 1, "[[1,2.5]]").get(0)).hasToString("[[3,7.5]]");
        assertThat(below("store/compiled"))
                .filteredOn(path -> path.toString().contains("/build/default/"))
                .singleElement()
                .satisfies(log -> assertThat(log).content().contains("twice.cc"));
        assertThat(below("incoming")).isEmpty();
    }

    @Test
    void namesFileAndLineOfACompilersError() throws IOException {
        String detail = refused(
                pkg("broken").file("src/Makefile", MAKEFILE).file("src/twice.cc", TWICE + "int x = no_such_thing;\n"),
                400,
                "BUILD_FAILED");
        assertThat(detail)
                .startsWith("broken 1.0.0: ")
                .contains("src/twice.cc:5: ")
                .contains("no_such_thing")
                .doesNotContain("/incoming/")
                .contains("The end of its build log:");
        assertNothingLeftOf("broken");
    }

    @Test
    void stopsABuildThatDoesNotEnd() throws IOException {
        TestServer quick = TestServer.start(folder.resolve("quick"), Map.of("ops.bundles.build-timeout", "2s"));
        try (quick) {
            byte[] hangs = pkg("hangs")
                    .file("src/Makefile", "all:\n\techo compiling for ever; sleep 1000\n")
                    .zip();
            JsonNode problem = quick.deployRefused(hangs, 400);
            assertThat(problem.get("detail").asText())
                    .contains("did not end within 2 s (setting ops.bundles.build-timeout)")
                    .contains("compiling for ever");
            assertThat(quick.home().resolve("bundles/store/hangs")).doesNotExist();
            assertThat(quick.home().resolve("bundles/incoming")).isEmptyDirectory();
            assertThat(ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(command -> command.contains("sleep 1000"));
        }
    }

    @Test
    void refusesALibraryThatDoesNotLoad() throws IOException {
        String source = """
                #include <octave/oct.h>
                extern int nowhere ();
                DEFUN_DLD (twice, args, , "") { return octave_value (nowhere ()); }
                """;
        String detail = refused(
                pkg("unlinked").file("src/Makefile", MAKEFILE).file("src/twice.cc", source), 400, "BUILD_FAILED");
        assertThat(detail)
                .contains("twice.oct: failed to load")
                .contains("nowhere")
                .doesNotContain("incoming");
        assertNothingLeftOf("unlinked");
    }

    @Test
    void saysWhatPkgMisses() throws IOException {
        TestBundle bundle = new TestBundle()
                .file("DESCRIPTION", "Name: bare\nVersion: 1.0\n")
                .file("inst/f.m", "function f ()\nendfunction\n");
        assertThat(refused(bundle, 400, "BUILD_FAILED")).contains("bare 1.0").contains("missing file: COPYING");
        assertNothingLeftOf("bare");
    }

    @Test
    void aSmokeCallThatThrowsOrHangsRefusesTheBundle() throws IOException {
        TestBundle throwing = TestBundle.named("smoky", "1.0.0", ",\"smoke\":{\"function\":\"f\",\"rhs\":[3]}")
                .function("f (x)", "error (\"my:id\", \"no %d\", x);");
        assertThat(refused(throwing, 400, "SMOKE_CALL_FAILED")).isEqualTo("the smoke call of f failed: no 3");
        TestBundle hanging = TestBundle.named("smoky", "1.0.0", ",\"smoke\":{\"function\":\"f\"}")
                .function("f ()", "pause (100);");
        assertThat(refused(hanging, 400, "SMOKE_CALL_FAILED")).contains("did not end within 3000 ms");
        assertNothingLeftOf("smoky");
    }
}
