package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * The directories in which workers work, {@code run/workers/<id>}, and what a server that was killed left there: at its
 * start each server kills the workers of its predecessor and removes their directories. Thread-safe.
 */
public final class ScratchDirectories implements Managed {
    private static final Logger LOG = LogManager.getLogger(ScratchDirectories.class);

    private final Path root;
    private final AtomicLong count = new AtomicLong();
    private final EscapeeScans scans = new EscapeeScans();

    /** Keeps the directories under {@code root}, which belongs to this server alone. */
    public ScratchDirectories(Path root) {
        this.root = root;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(root);
            for (Path left : leftBehind()) {
                sweep(new Scratch(left));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + root + " (setting ops.home)", e);
        }
    }

    @Override
    public void stop() {
        // Each worker removes its own directory.
    }

    /** What has left the process group of the worker of a directory. */
    Escapees escapees(Scratch scratch) {
        return new Escapees("HOME=" + scratch.home(), scans);
    }

    Scratch create() {
        try {
            Scratch scratch = new Scratch(newDirectory());
            scratch.fill();
            return scratch;
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED, "cannot make a worker's directory under " + root + ": " + e, e);
        }
    }

    /** One that did not exist: what could not be swept must not become part of a new worker's. */
    private Path newDirectory() throws IOException {
        Files.createDirectories(root);
        while (true) {
            Path next = root.resolve("w" + count.incrementAndGet());
            try {
                return Files.createDirectory(next);
            } catch (FileAlreadyExistsException e) {
                LOG.warn("directory={} of an ended worker is still there", next);
            }
        }
    }

    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    private static void sweep(Scratch left) {
        left.runningProcess().ifPresent(process -> {
            LOG.warn("pid={} is a worker that an earlier server left behind; killing it", process.pid());
            ProcessGroups.kill(process.pid());
            // Where there is no setsid, it leads no group.
            process.destroyForcibly();
        });
        new Escapees("HOME=" + left.home()).kill(ProcessHandle.current().pid());
        left.delete();
    }

    /**
     * The directory of one worker.
     *
     * @param directory the directory
     */
    record Scratch(Path directory) {
        String id() {
            return directory.getFileName().toString();
        }

        Path work() {
            return directory.resolve("work");
        }

        Path home() {
            return directory.resolve("home");
        }

        Path temporary() {
            return directory.resolve("tmp");
        }

        private void fill() throws IOException {
            try {
                Files.createDirectory(work());
                Files.createDirectory(home());
                Files.createDirectory(temporary());
            } catch (IOException e) {
                delete();
                throw e;
            }
        }

        private Path processFile() {
            return directory.resolve("process");
        }

        /**
         * Notes whose directory it is, with the time the process began: a process id alone may be used again. A note
         * that cannot be written only means that a later server would not find the process.
         */
        void recordProcess(long pid) {
            try {
                String began = startOf(pid).map(Instant::toString).orElse("");
                Files.writeString(processFile(), pid + " " + began + "\n");
            } catch (IOException e) {
                LOG.warn("directory={}: the process id could not be noted", directory, e);
            }
        }

        /** The process that was noted, if it is still the same one. */
        Optional<ProcessHandle> runningProcess() {
            try {
                String[] noted = Files.readString(processFile()).strip().split(" ", 2);
                long pid = Long.parseLong(noted[0]);
                String began = startOf(pid).map(Instant::toString).orElse("gone");
                return noted.length == 2 && began.equals(noted[1]) ? ProcessHandle.of(pid) : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static Optional<Instant> startOf(long pid) {
            return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        }

        void delete() {
            try {
                FileUtils.deleteDirectory(directory.toFile());
            } catch (IOException e) {
                LOG.warn("directory={} of an ended worker could not be removed", directory, e);
            }
        }
    }
}
