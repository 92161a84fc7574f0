package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eleven packages that nobody here wrote: five as their authors published them, three of which are compiled, and six as
 * Debian installed them. The own tests of ten pass in a worker as often as in plain Octave; matgeom comes without tests,
 * and is there because geometry depends on it.
 */
class ForgePackagesIT {
    private static final Path BASE = Path.of(System.getProperty("ops.test.basedir", "."));
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Some of them test every corner with random numbers, which takes minutes. */
    private static final String RUN_TESTS = """
            function result = run_tests (package, most)
              folders = strsplit (path (), pathsep ());
              mine = folders(! cellfun ("isempty", strfind (folders, ["/" package "/"])));
              files = {};
              for folder = mine
                for pattern = {"*.m", "*-tst", "@*/*.m"}
                  files = [files; glob(fullfile (folder{1}, pattern{1}))];
                endfor
              endfor
              result = [0, 0];
              done = 0;
              for i = 1:numel (files)
                tested = any (regexp (fileread (files{i}), '^%!(test|assert|error)', "lineanchors"));
                if (tested && done < most)
                  rand ("twister", 1); randn ("twister", 1);
                  [passed, total] = test (files{i}, "quiet", tempname ());
                  result += [passed, total];
                  done++;
                endif
              endfor
            endfunction
            """;

    private static final String OWN_PATH = """
            function text = own_path ()
              folders = strsplit (path (), pathsep ());
              text = strjoin (folders(! cellfun ("isempty", strfind (folders, "/store/"))), pathsep ());
            endfunction
            """;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Path cache;

    @BeforeAll
    static void deployAll() throws Exception {
        cache = Path.of(System.getenv()
                        .getOrDefault("OPS_TEST_CACHE", System.getProperty("user.home") + "/.cache/ops-test"))
                .resolve("forge");
        run(List.of("sh", BASE.resolve("src/test/sh/forge-packages").toString(), cache.toString()), LIMIT);
        server =
                TestServer.start(folder, Map.of("ops.call.timeout", "5m", "ops.worker.environment", "CFLAGS,CXXFLAGS"));
        // The longest takes one processor, all others the other one.
        CompletableFuture<Void> longest =
                CompletableFuture.runAsync(() -> deploy("interval", read(cache.resolve("interval.tar.gz"))));
        for (String installed : List.of("io", "statistics", "matgeom", "geometry", "quaternion", "splines")) {
            deploy(installed, packed(installed));
        }
        deploy("struct", archive("struct-1.0.18"));
        deploy("optim", archive("optim-1.6.2"));
        deploy("linear-algebra", archive("linear-algebra-2.2.3"));
        deploy("divand", archive("divand-1.1.2"));
        longest.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        server.deploy(TestBundle.named(
                        "tests",
                        "1.0.0",
                        ",\"depends\":[\"interval\",\"geometry (>= 4)\",\"quaternion\",\"splines\",\"io\",\"optim (>= 1.6) (< 2)\","
                                + "\"linear-algebra\",\"divand\"]")
                .file("run_tests.m", RUN_TESTS)
                .file("own_path.m", OWN_PATH));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> upload(byte[] file) {
        return server.send(server.request("/api/v1/bundles")
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(file)));
    }

    private static void deploy(String name, byte[] file) {
        HttpResponse<String> response = upload(file);
        assertThat(response.statusCode()).as(name + ": " + response.body()).isEqualTo(201);
        assertThat(TestServer.json(response).get("name").asText()).isEqualTo(name);
    }

    private static byte[] archive(String name) throws IOException {
        try (var archive = ForgePackagesIT.class.getResourceAsStream("/packages/" + name + ".tar.gz")) {
            return archive.readAllBytes();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A package as it is before it is installed, of one that was. */
    private static byte[] packed(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path trees : below(cache.resolve("root"), "packages")) {
                for (Path tree : below(trees, name + "-")) {
                    pack(tree, zip);
                }
            }
            entry(zip, "COPYING", read(cache.resolve("root/usr/share/doc/octave-" + name + "/copyright")));
        }
        return bytes.toByteArray();
    }

    private static List<Path> below(Path directory, String prefix) throws IOException {
        try (Stream<Path> tree = Files.walk(directory, 5)) {
            return tree.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> path.toString().contains("/octave/packages"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private static void pack(Path tree, ZipOutputStream zip) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = tree.relativize(file).toString();
                boolean info = name.startsWith("packinfo/");
                entry(zip, info ? name.substring("packinfo/".length()) : "inst/" + name, read(file));
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(errors.toFile());
        // Tests of packages leave files behind.
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as(String.join(" ", command)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "struct, 20",
        "optim, 6",
        "interval, 4",
        "linear-algebra, 20",
        "divand, 3",
        "io, 4",
        "statistics, 6",
        "geometry, 8",
        "quaternion, 20",
        "splines, 10",
    })
    void itsOwnTestsPassAsInPlainOctave(String name, int most) throws Exception {
        HttpResponse<String> response = server.send(server.request("/tests/run_tests")
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"nargout\":1,\"rhs\":[\"" + name + "\"," + most
                        + "],\"outputFormat\":{\"mode\":\"small\"}}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode counts = TestServer.json(response).at("/lhs/0/0");
        JsonNode plain = new ObjectMapper().readTree(inPlainOctave(name, most));

        assertThat(counts.get(1)).as("tests of %s that ran", name).isEqualTo(plain.get(1));
        // One of the tests of interval fails now and then, in plain Octave too.
        assertThat(counts.get(0).asInt())
                .as("tests of %s that passed", name)
                .isPositive()
                .isGreaterThanOrEqualTo(plain.get(0).asInt());
    }

    private static String inPlainOctave(String name, int most) throws Exception {
        String path = server.call("/tests/own_path", 1, "[]").get(0).asText();
        List<String> folders = new ArrayList<>(List.of(path.split(":")));
        Collections.reverse(folders);
        StringBuilder code = new StringBuilder();
        folders.forEach(one -> code.append("addpath ('").append(one).append("');"));
        code.append("r = run_tests ('").append(name).append("', ").append(most).append(");");
        code.append("printf ('counts [%d,%d]\\n', r);");
        String printed = run(List.of("octave-cli", "--norc", "--no-history", "--eval", code.toString()), LIMIT);
        return printed.lines()
                .filter(line -> line.startsWith("counts "))
                .map(line -> line.substring("counts ".length()))
                .findFirst()
                .orElse(printed);
    }

    @Test
    void whatThisOctaveCannotCompileIsRefusedWithFileAndLine() throws IOException {
        HttpResponse<String> response = upload(archive("quaternion-2.4.0"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(TestServer.json(response).get("detail").asText())
                .startsWith("quaternion 2.4.0: ")
                .contains("src/is_real_array.cc:49: ");
        assertThat(TestServer.json(server.getAsAdmin("/api/v1/bundles")).toString())
                .contains("quaternion");
    }

    @Test
    void whatOthersArePinnedToCannotBeRetired() {
        HttpResponse<String> response = server.sendAsAdmin("DELETE", "/api/v1/bundles/struct", BodyPublishers.noBody());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
        assertThat(response.body()).contains("optim@1.6.2");
    }
}
