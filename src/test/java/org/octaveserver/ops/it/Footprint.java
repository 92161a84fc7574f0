package org.octaveserver.ops.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server occupies of its machine, as {@code /proc} and its directories tell. */
final class Footprint {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

    private final Path home;
    private final long server;

    Footprint(Path home, long server) {
        this.home = home;
        this.server = server;
    }

    /** All processes that its workers and templates are, or have started: they bear its directory in their environment. */
    List<Long> processes() throws IOException {
        String mark = home.resolve("run").toString();
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(path -> Long.parseLong(path.getFileName().toString()))
                    .filter(pid -> pid != server && read(pid, "environ").contains("HOME=" + mark))
                    .toList();
        }
    }

    /** Those of them that run Octave. */
    List<Long> workersAndTemplates() throws IOException {
        return processes().stream()
                .filter(pid -> read(pid, "cmdline").contains("octave-cli"))
                .toList();
    }

    /** What has ended and nobody has asked for, of the server and of what it runs: each with its parent. */
    List<String> zombies() throws IOException {
        List<Long> parents =
                Stream.concat(Stream.of(server), processes().stream()).toList();
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(path -> read(Long.parseLong(path.getFileName().toString()), "stat"))
                    .filter(stat -> {
                        String[] fields =
                                stat.replaceFirst("^.*\\)", "").strip().split(" ", -1);
                        return fields.length > 1
                                && fields[0].equals("Z")
                                && parents.contains(Long.parseLong(fields[1]));
                    })
                    .toList();
        }
    }

    /** How many descriptors the server has open. */
    int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(PROC.resolve(Long.toString(server)).resolve("fd"))) {
            return Math.toIntExact(open.count());
        }
    }

    /** What is in a directory of its home. */
    List<String> entries(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(home.resolve(directory))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** The memory that it occupies, in kilobytes. */
    long resident() {
        return status("VmRSS");
    }

    int threads() {
        return Math.toIntExact(status("Threads"));
    }

    private long status(String field) {
        Matcher line = Pattern.compile("(?m)^" + field + ":\\s*(\\d+)").matcher(read(server, "status"));
        if (!line.find()) {
            throw new IllegalStateException("the server has no " + field);
        }
        return Long.parseLong(line.group(1));
    }

    /** The objects that it keeps, in kilobytes: after a garbage collection. */
    long liveHeap() {
        String unused = jcmd("GC.run");
        Matcher used = HEAP.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd does not tell the heap");
        }
        return Long.parseLong(used.group(1));
    }

    private String jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(server), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the process has ended. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage())
                    .filter(text -> text.isEmpty())
                    .orElse("");
        }
    }
}
