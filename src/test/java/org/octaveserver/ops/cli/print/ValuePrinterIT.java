package org.octaveserver.ops.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.value.OctaveValue;

/** The printer against a real Octave. */
class ValuePrinterIT {
    private static final String MARK = "#sample ";

    @Test
    void showsSimpleValuesAsOctaveDoes(@TempDir Path directory) throws Exception {
        Map<String, OctaveValue> samples = Samples.all();
        String shown = octave(directory, samples);
        SoftAssertions each = new SoftAssertions();
        Iterator<String> parts = List.of(shown.split("(?m)^" + MARK, -1)).iterator();
        assertThat(parts.next()).isEmpty();
        samples.forEach((expression, value) -> each.assertThat(expression + "\n" + Shown.of(value))
                .isEqualTo(parts.hasNext() ? parts.next() : "Octave stopped before this"));
        each.assertAll();
    }

    private static String octave(Path directory, Map<String, OctaveValue> samples)
            throws IOException, InterruptedException {
        String script = samples.keySet().stream()
                .map(sample ->
                        "puts ('" + MARK + sample.replace("'", "''") + "'); puts (\"\\n\"); ans = " + sample + "\n")
                .collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("samples.m"), script);
        Path errors = directory.resolve("errors");
        Path output = directory.resolve("output");
        Process octave = new ProcessBuilder("octave-cli", "--norc", "--no-history", "--quiet")
                .redirectInput(file.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(octave.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(errors).content().doesNotContain("parse error");
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
