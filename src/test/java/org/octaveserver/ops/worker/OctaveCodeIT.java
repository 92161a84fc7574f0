package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The tests that stand in the Octave code itself, in the form that Octave's own {@code test} knows. */
class OctaveCodeIT {
    private static final Path OCTAVE = Path.of(System.getProperty("ops.test.basedir", "."), "src/main/octave")
            .toAbsolutePath();

    @TempDir
    Path folder;

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(OCTAVE)) {
            return files.filter(file -> file.toString().endsWith(".m")).sorted().toList();
        }
    }

    private static boolean isPrivate(Path file) {
        return file.toString().contains("/private/") || file.toString().contains("/+internal/");
    }

    private static boolean hasTests(Path file) {
        try {
            return Files.readAllLines(file).stream().anyMatch(line -> line.matches("%!(test|assert|error|fail).*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPublicFunctionHasTests() throws IOException {
        List<Path> files = files();

        assertThat(files).isNotEmpty();
        assertThat(files).filteredOn(file -> !isPrivate(file)).allMatch(OctaveCodeIT::hasTests);
    }

    @TestFactory
    Stream<DynamicTest> passesItsOwnTests() throws IOException {
        return files().stream()
                .filter(OctaveCodeIT::hasTests)
                .map(file -> DynamicTest.dynamicTest(
                        OCTAVE.relativize(file).toString(),
                        () -> assertThat(testsOf(file)).isEqualTo("passed")));
    }

    /** "passed", or what Octave says instead. */
    private String testsOf(Path file) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        String program = String.format(
                "addpath (genpath ('%s')); [passed, all] = test ('%s', 'quiet'); exit (! (all > 0 && passed == all))",
                OCTAVE, file);
        ProcessBuilder builder = new ProcessBuilder(
                        "octave-cli", "--norc", "--no-history", "--quiet", "--eval", program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // A compiler that fails leaves files behind.
        builder.environment().put("TMPDIR", folder.toString());
        Process octave = builder.start();
        boolean ended = octave.waitFor(60, TimeUnit.SECONDS);
        octave.destroyForcibly();
        return ended && octave.exitValue() == 0 ? "passed" : Files.readString(output, StandardCharsets.UTF_8);
    }
}
