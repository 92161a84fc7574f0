package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.octaveserver.ops.wire.Settled;

/**
 * Programs that a call has left running and that can print: into later calls, if their worker were used for these.
 *
 * <p>They are known by the stream of the worker itself, which they hold open. Looking takes milliseconds, so it is done only when a
 * process has been made anywhere on this machine meanwhile. Only where there is {@code /proc}. For whoever holds the
 * worker.
 */
final class Leftovers {
    private static final Path PROC = Path.of("/proc");
    /** Reads what all of them print. */
    private static final String SERVER = Long.toString(ProcessHandle.current().pid());

    private static final Path LAST_PROCESS = PROC.resolve("loadavg");

    private final Optional<Path> stream;
    private final Set<String> own;
    private String lastProcess = "";

    private Leftovers(long worker, Optional<Path> stream) {
        this.stream = stream;
        this.own = new HashSet<>(Set.of(Long.toString(worker)));
    }

    /**
     * Looks after a worker that has run nothing yet.
     *
     * @param worker its process, or the one that contains it
     * @param alone whether no other process prints to its stream
     */
    static Leftovers of(long worker, boolean alone) {
        Leftovers leftovers = new Leftovers(worker, target(PROC.resolve(worker + "/fd/2")));
        if (!alone) {
            leftovers.own.addAll(leftovers.printing());
        }
        return leftovers;
    }

    /**
     * Whether a process has been made since this was asked last.
     *
     * @param settled what the worker itself says of it
     */
    boolean arePossible(Settled settled) {
        return settled.processes().map(made -> made && stream.isPresent()).orElseGet(this::arePossible);
    }

    private boolean arePossible() {
        String last = lastProcess();
        boolean possible = stream.isPresent() && (!last.equals(lastProcess) || last.isEmpty());
        lastProcess = last;
        return possible;
    }

    /** Whether there are any. */
    boolean exist() {
        return printing().stream().anyMatch(process -> !own.contains(process));
    }

    private List<String> printing() {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> isPrinting(process))
                    .map(process -> process.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Through whatever descriptor: it need not be its standard output. */
    private boolean isPrinting(Path process) {
        String pid = process.getFileName().toString();
        if (!Character.isDigit(pid.charAt(0)) || pid.equals(SERVER)) {
            return false;
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (target(descriptor).equals(stream)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended, or is somebody else's.
            return false;
        }
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            // It has ended, or is somebody else's, or there is no /proc.
            return Optional.empty();
        }
    }

    /** The number of the process that was made last; empty where the system does not tell. */
    private static String lastProcess() {
        try {
            String figures = Files.readString(LAST_PROCESS).strip();
            return figures.substring(figures.lastIndexOf(' ') + 1);
        } catch (IOException e) {
            return "";
        }
    }
}
