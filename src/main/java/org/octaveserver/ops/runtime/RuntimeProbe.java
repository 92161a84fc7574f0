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
import java.util.regex.Pattern;
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
    private static final String BUILD = "ops-build ";
    private static final String FILE = "ops-file ";
    private static final String FIGURES = "ops-figures ";
    private static final String PACKAGE = "ops-package ";
    /** Name, version, directory of what is compiled, directory, dependencies. */
    private static final int PARTS = 5;
    /** Each line of the answer is marked: Octave prints warnings of the machine's set-up too, and prints them first. */
    private static final String QUESTION = "printf ('" + VERSION + "%s\\n', version ());"
            + " printf ('" + BUILD + "%s\\t%s\\n', __octave_config_info__('api_version'),"
            + " __octave_config_info__('canonical_host_type'));"
            + " if (any (strcmp (available_graphics_toolkits (), 'gnuplot'))), printf ('" + FIGURES
            + "gnuplot\\n'); end;"
            + " printf ('" + FILE + "%s\\n', canonicalize_file_name ('/proc/self/exe'), pkg ('local_list'),"
            + " pkg ('global_list'));"
            + " arch = [__octave_config_info__('canonical_host_type'), '-', __octave_config_info__('api_version')];"
            + " for p = pkg ('list'), q = p{1}; compiled = fullfile (q.archprefix, arch);"
            + " if (! isfolder (compiled)), compiled = ''; end; needs = '';"
            + " for d = q.depends, needs = [needs, sprintf('%s (%s %s),', d{1}.package, d{1}.operator, d{1}.version)]; end;"
            + " printf ('" + PACKAGE + "%s\\t%s\\t%s\\t%s\\t%s\\n', q.name, q.version, compiled, q.dir, needs); end";

    private static final String ADVICE = "install GNU Octave (Debian: apt-get install octave;"
            + " Fedora: dnf install octave; macOS: brew install octave) or set ";

    /** A version that a directory can be named after. */
    private static final Pattern VERSION_TEXT = Pattern.compile("\\d+\\.\\d+[\\w.+~-]{0,60}");

    private final Duration limit;
    private final String searched;

    RuntimeProbe(Duration limit) {
        this(limit, System.getenv().getOrDefault("PATH", ""));
    }

    /**
     * A probe.
     *
     * @param searched the directories that programs are looked for in, as in {@code PATH}
     */
    RuntimeProbe(Duration limit, String searched) {
        this.limit = limit;
        this.searched = searched;
    }

    /**
     * What was found.
     *
     * @param watched tells whether it has changed since
     */
    record Found(OctaveRuntime runtime, RuntimeStamp watched) {}

    /**
     * Starts Octave once and reads its version and packages.
     *
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} when it cannot be started or does not answer, saying what to do
     */
    Found probe(Registration asked) {
        List<String> whole = new ArrayList<>(asked.command());
        whole.addAll(List.of("--norc", "--no-history", "--quiet", "--no-gui", "--eval", QUESTION));
        try {
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                return answer(asked, process, output(asked, process));
            } finally {
                kill(process);
            }
        } catch (IOException e) {
            throw unavailable(asked, "cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(asked, "was not waited for: the server stops");
        }
    }

    /** What the process prints until its end. Looks rather than waits: a child of it may keep the stream open. */
    private String output(Registration asked, Process process) throws IOException, InterruptedException {
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
                throw unavailable(asked, "is no Octave that works; it prints without end: " + quoted(printed));
            }
            if (!ended && deadline.passed()) {
                throw unavailable(
                        asked, "does not answer within " + limit.toMillis() + " ms (ops.runtime.probe-timeout)");
            }
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Found answer(Registration asked, Process process, String output) {
        Optional<String> version = lines(output, VERSION)
                .filter(text -> VERSION_TEXT.matcher(text).matches())
                .findFirst();
        if (process.exitValue() != 0 || version.isEmpty()) {
            throw unavailable(
                    asked,
                    "is no Octave that works; it ended with status " + process.exitValue() + " and printed: "
                            + quoted(output));
        }
        RuntimeStamp watched = RuntimeStamp.of(asked.command(), searched, files(output));
        RuntimeBuild build = build(version.get(), output);
        String figures = lines(output, FIGURES).findFirst().orElse("");
        return new Found(
                new OctaveRuntime(asked.id(), asked.command(), build, packages(output), watched.now(), figures),
                watched);
    }

    private static RuntimeBuild build(String version, String output) {
        String[] parts = lines(output, BUILD).findFirst().orElse("").split("\t", -1);
        return parts.length == 2 ? new RuntimeBuild(version, parts[0], parts[1]) : new RuntimeBuild(version, "", "");
    }

    private static List<Path> files(String output) {
        return lines(output, FILE)
                .filter(text -> text.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    private static Stream<String> lines(String output, String mark) {
        return output.lines().filter(line -> line.startsWith(mark)).map(line -> line.substring(mark.length()));
    }

    private static List<RuntimePackage> packages(String output) {
        return lines(output, PACKAGE)
                .map(line -> line.split("\t", -1))
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

    private static OpsException unavailable(Registration asked, String why) {
        return new OpsException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                "Octave (" + String.join(" ", asked.command()) + ") " + why + "; " + ADVICE + asked.setting());
    }
}
