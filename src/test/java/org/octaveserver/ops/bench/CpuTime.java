package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processor time of processes in milliseconds, as {@code /proc} counts it: in hundredths of a second. */
final class CpuTime {
    private static final Path PROC = Path.of("/proc");
    private static final double TICK = 10;
    /** Fields of {@code /proc/PID/stat} behind the name: user and system time, and those of children that were awaited. */
    private static final int OWN = 11;

    private static final int CHILDREN = 13;

    private CpuTime() {}

    /** Of one process. */
    static double of(long pid) throws IOException {
        return sum(Long.toString(pid), OWN);
    }

    /** Of several. */
    static double of(List<Long> pids) throws IOException {
        double all = 0;
        for (long pid : pids) {
            all += of(pid);
        }
        return all;
    }

    /** Of all children of this process that have ended, {@link Wrk} among them. */
    static double ofEndedChildren() throws IOException {
        return sum("self", CHILDREN);
    }

    private static double sum(String process, int field) throws IOException {
        String stat = Files.readString(PROC.resolve(process).resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) * TICK;
    }

    /** The processes that have a directory within another one as their {@code HOME}: workers and templates of a server. */
    static List<Long> processesOf(Path home) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                if (environment(process).contains("HOME=" + home + "/")) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    /** Empty when the process has ended, or is another account's. */
    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
