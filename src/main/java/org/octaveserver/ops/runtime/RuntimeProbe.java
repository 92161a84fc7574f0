package org.octaveserver.ops.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;

/** Asks an Octave installation what it is. No user code runs here, so its standard output can be believed. */
final class RuntimeProbe {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int MOST_QUOTED = 300;
    private static final int LOOK_MILLIS = 20;
    private static final String VERSION = "ops-version ";
    private static final String PACKAGE = "ops-package ";
    /** Name, version, directory of what is compiled, directory, dependencies. */
    private static final int PARTS = 5;
    /** Each line of the answer is marked: Octave prints warnings of the machine's set-up too, and prints them first. */
    private static final String QUESTION = "printf ('" + VERSION + "%s\\n', version ());"
            + " arch = [__octave_config_info__('canonical_host_type'), '-', __octave_config_info__('api_version')];"
            + " for p = pkg ('list'), q = p{1}; compiled = fullfile (q.archprefix, arch);"
            + " if (! isfolder (compiled)), compiled = ''; end; needs = '';"
            + " for d = q.depends, needs = [needs, sprintf('%s (%s %s),', d{1}.package, d{1}.operator, d{1}.version)]; end;"
            + " printf ('" + PACKAGE + "%s\\t%s\\t%s\\t%s\\t%s\\n', q.name, q.version, compiled, q.dir, needs); end";

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
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                return answer(id, command, process, output(command, process));
            } finally {
                kill(process);
            }
        } catch (IOException e) {
            throw unavailable(command, "cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(command, "was not waited for: the server stops");
        }
    }

    /** What the process prints until its end. Looks rather than waits: a child of it may keep the stream open. */
    private String output(List<String> command, Process process) throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(limit);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        InputStream output = process.getInputStream();
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            while (output.available() > 0 && printed.size() < MOST_OUTPUT) {
                printed.write(output.readNBytes(Math.min(output.available(), MOST_OUTPUT)));
            }
            if (printed.size() >= MOST_OUTPUT) {
                throw unavailable(command, "is no Octave that works; it prints without end: " + quoted(printed));
            }
            if (!ended && deadline.passed()) {
                throw unavailable(
                        command, "does not answer within " + limit.toMillis() + " ms (ops.runtime.probe-timeout)");
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static OctaveRuntime answer(String id, List<String> command, Process process, String output) {
        Optional<String> version = output.lines()
                .filter(line -> line.startsWith(VERSION))
                .map(line -> line.substring(VERSION.length()))
                .filter(text -> text.matches("\\d+\\.\\d+.*"))
                .findFirst();
        if (process.exitValue() != 0 || version.isEmpty()) {
            throw unavailable(
                    command,
                    "is no Octave that works; it ended with status " + process.exitValue() + " and printed: "
                            + quoted(output));
        }
        return new OctaveRuntime(id, command, version.get(), packages(output));
    }

    private static List<RuntimePackage> packages(String output) {
        return output.lines()
                .filter(line -> line.startsWith(PACKAGE))
                .map(line -> line.substring(PACKAGE.length()).split("\t", -1))
                .filter(parts -> parts.length == PARTS)
                .map(parts -> new RuntimePackage(
                        parts[0],
                        parts[1],
                        Stream.of(parts[2], parts[3])
                                .filter(folder -> !folder.isEmpty())
                                .map(Path::of)
                                .toList(),
                        Stream.of(parts[4].split(","))
                                .filter(need -> !need.isEmpty())
                                .toList()))
                .toList();
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** In one line, and not all of it: it goes into the log and into answers. */
    private static String quoted(Object output) {
        String text = output.toString().strip().replaceAll("\\p{Cntrl}+", " ");
        if (text.isEmpty()) {
            return "nothing";
        }
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "...";
    }

    private static OpsException unavailable(List<String> command, String why) {
        return new OpsException(
                ErrorCode.RUNTIME_UNAVAILABLE, "Octave (" + String.join(" ", command) + ") " + why + "; " + ADVICE);
    }
}
