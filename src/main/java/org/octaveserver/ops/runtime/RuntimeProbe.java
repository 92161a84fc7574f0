package org.octaveserver.ops.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Asks an Octave installation what it is. No user code runs here, so its standard output can be believed. */
final class RuntimeProbe {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final String QUESTION = "printf ('%s\\n', version ());"
            + " for p = pkg ('list'), printf ('%s %s\\n', p{1}.name, p{1}.version); end";
    private static final String ADVICE = "install GNU Octave (Debian: apt-get install octave;"
            + " Fedora: dnf install octave; macOS: brew install octave) or set ops.runtime.command";

    private final Duration limit;

    RuntimeProbe(Duration limit) {
        this.limit = limit;
    }

    /**
     * Starts Octave once and reads its version and packages.
     *
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} when it cannot be started or does not answer, saying what to do
     */
    OctaveRuntime probe(String id, List<String> command) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--norc", "--no-history", "--quiet", "--no-gui", "--eval", QUESTION));
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .start();
            return read(id, command, process);
        } catch (IOException e) {
            throw unavailable(command, "cannot be started: " + e.getMessage());
        }
    }

    private OctaveRuntime read(String id, List<String> command, Process process) throws IOException {
        try (InputStream output = process.getInputStream()) {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw unavailable(command, "does not answer within " + limit.toSeconds() + " s");
            }
            String text = new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            if (process.exitValue() != 0 || lines.isEmpty() || !lines.get(0).matches("\\d+\\.\\d+.*")) {
                throw unavailable(command, "is no Octave that works; it printed: " + text.strip());
            }
            return new OctaveRuntime(id, command, lines.get(0), packages(lines.subList(1, lines.size())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(command, "was not waited for");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> packages(List<String> lines) {
        Map<String, String> packages = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            packages.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return packages;
    }

    private static OpsException unavailable(List<String> command, String why) {
        return new OpsException(
                ErrorCode.RUNTIME_UNAVAILABLE, "Octave (" + String.join(" ", command) + ") " + why + "; " + ADVICE);
    }
}
