package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory of a server that is a file system of its own, seen by that server alone: in a name space of its own, so
 * that no right of root is needed.
 */
final class SmallDisk {
    private static final String FILLER = "filler";
    private static final int PAGE = 4096;

    /** The directory as this process sees it. */
    private final Path seen;

    private final Path directory;
    private final long pid;
    private int empty;

    private SmallDisk(Path directory, long pid) {
        this.directory = directory;
        this.pid = pid;
        this.seen = Path.of("/proc", Long.toString(pid), "root")
                .resolve(directory.toString().substring(1));
    }

    /** How to start a server with file systems in its directories, such as {@code -t tmpfs -o size=1m none DIRECTORY}. */
    static ServerProcess.Start mounting(String... mounts) {
        StringBuilder script = new StringBuilder("set -e; ");
        for (String mount : mounts) {
            script.append("mount ").append(mount).append("; ");
        }
        return ServerProcess.Start.under(
                "unshare", "--map-root-user", "--mount", "sh", "-c", script + "exec \"$@\"", "sh");
    }

    /** The disk of a server that was started so. */
    static SmallDisk of(TestServer server, Path directory) {
        return new SmallDisk(directory, server.process().pid());
    }

    Path seen() {
        return seen;
    }

    /** Leaves so many pages of room. */
    void leave(int pages) throws IOException {
        Path filler = seen.resolve(FILLER);
        Files.deleteIfExists(filler);
        long free = Files.getFileStore(seen).getUsableSpace() / PAGE;
        Files.write(filler, new byte[Math.toIntExact((free - pages) * PAGE)]);
    }

    /** Leaves room for so many files, of those that the file system can hold in all. */
    void leaveFiles(int files, int inAll) throws IOException {
        Path fillers = Files.createDirectories(seen.resolve("fillers"));
        empty(fillers);
        int there;
        try (Stream<Path> tree = Files.walk(seen)) {
            there = Math.toIntExact(tree.count());
        }
        for (int i = there + files; i < inAll; i++) {
            Files.createFile(fillers.resolve(Integer.toString(empty++)));
        }
    }

    /** Makes room again. */
    void clear() throws IOException {
        Files.deleteIfExists(seen.resolve(FILLER));
        if (Files.exists(seen.resolve("fillers"))) {
            empty(seen.resolve("fillers"));
        }
    }

    private static void empty(Path fillers) throws IOException {
        try (Stream<Path> old = Files.list(fillers)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Lets nobody write to it any more, or again. */
    void remount(String how) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        "nsenter",
                        "--target",
                        Long.toString(pid),
                        "--user",
                        "--preserve-credentials",
                        "--mount",
                        "mount",
                        "-o",
                        "remount," + how,
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
