package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * The directories in which workers work, {@code run/workers/<id>}, and what a server that was killed left there: at its
 * start each server kills the workers of its predecessor and removes their directories. Nobody waits for a removal:
 * directories are moved to {@code run/workers.gone} first. Thread-safe.
 */
public final class ScratchDirectories implements Managed {
    private static final Logger LOG = LogManager.getLogger(ScratchDirectories.class);

    private static final String FAMILY = "f";

    private static final String NOTE = ".process";
    /** A note is a line. */
    private static final long LONGEST_NOTE = 200;

    private final Path root;
    private final Removals removals;
    private final AtomicLong count = new AtomicLong();
    private final EscapeeScans scans = new EscapeeScans();

    /** Keeps the directories under {@code root}, which belongs to this server alone. */
    public ScratchDirectories(Path root) {
        this.root = root;
        this.removals = new Removals(root.resolveSibling(root.getFileName() + ".gone"));
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(root);
            removals.resume();
            for (Path left : leftBehind(root)) {
                sweep(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + root + " (setting ops.home)", e);
        }
    }

    @Override
    public void stop() {
        // Each worker has removed its own directory.
        removals.stop();
    }

    Removals removals() {
        return removals;
    }

    /** What has left the process group of the worker of a directory. */
    Escapees escapees(Scratch scratch) {
        return new Escapees("HOME=" + scratch.home(), scans);
    }

    /** A directory for a worker that is a stranger to all others, which may be of another account. */
    Scratch create(Optional<RunAs> account) {
        return create(root, account);
    }

    /** One of the server's account. */
    Scratch create() {
        return create(Optional.empty());
    }

    /**
     * A directory beside others that one sandbox shows, in a directory of the family.
     *
     * @param family its name, from {@link #newFamily}
     */
    Scratch create(String family, Optional<RunAs> account) {
        return create(root.resolve(family), account);
    }

    /** The name of a family that has no directory yet. */
    String newFamily() {
        return FAMILY + count.incrementAndGet();
    }

    private Scratch create(Path parent, Optional<RunAs> account) {
        try {
            Path directory = newDirectory(parent);
            Scratch scratch = scratch(directory);
            scratch.fill(account);
            return scratch;
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED, "cannot make a worker's directory under " + root + ": " + e, e);
        }
    }

    /** One that did not exist: what could not be swept must not become part of a new worker's. */
    private Path newDirectory(Path parent) throws IOException {
        while (true) {
            Files.createDirectories(parent);
            Path next = parent.resolve("w" + count.incrementAndGet());
            try {
                return Files.createDirectory(next);
            } catch (FileAlreadyExistsException e) {
                LOG.warn("directory={} of an ended worker is still there", next);
            } catch (NoSuchFileException e) {
                // The last other member of its family has just ended, and took the family's directory with it.
                LOG.debug("directory={} has just been removed", parent);
            }
        }
    }

    private static List<Path> leftBehind(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.toList();
        }
    }

    private void sweep(Path left) throws IOException {
        String name = String.valueOf(left.getFileName());
        if (!Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
            if (name.endsWith(NOTE)) {
                Files.deleteIfExists(left);
            }
        } else if (name.startsWith(FAMILY)) {
            for (Path member : leftBehind(left)) {
                sweep(scratch(member));
            }
            removals.remove(left, () -> {});
        } else {
            sweep(scratch(left));
        }
    }

    private Scratch scratch(Path directory) {
        return new Scratch(directory, noteOf(directory), removals);
    }

    /** Where it is noted whose directory it is: nowhere where a sandbox shows it. */
    private Path noteOf(Path directory) {
        return root.equals(directory.getParent())
                ? directory.resolve("process")
                : root.resolve(directory.getFileName() + NOTE);
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
     * @param processFile notes whose it is
     * @param removals remove it
     */
    record Scratch(Path directory, Path processFile, Removals removals) {
        String id() {
            return directory.getFileName().toString();
        }

        Path work() {
            return directory.resolve("work");
        }

        /** The directory around it. */
        Path family() {
            return directory.resolveSibling("");
        }

        Path home() {
            return directory.resolve("home");
        }

        Path temporary() {
            return directory.resolve("tmp");
        }

        private void fill(Optional<RunAs> account) throws IOException {
            try {
                for (Path one : List.of(work(), home(), temporary())) {
                    Files.createDirectory(one);
                    if (account.isPresent()) {
                        account.get().own(one);
                    }
                }
            } catch (IOException e) {
                delete();
                throw e;
            }
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
                if (!isNote()) {
                    return Optional.empty();
                }
                String[] noted = Files.readString(processFile()).strip().split(" ", 2);
                long pid = Long.parseLong(noted[0]);
                String began = startOf(pid).map(Instant::toString).orElse("gone");
                return noted.length == 2 && began.equals(noted[1]) ? ProcessHandle.of(pid) : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        /** Without a sandbox user code can put anything in its place, of which reading would never end. */
        private boolean isNote() {
            return Files.isRegularFile(processFile, LinkOption.NOFOLLOW_LINKS)
                    && processFile.toFile().length() <= LONGEST_NOTE;
        }

        private static Optional<Instant> startOf(long pid) {
            return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        }

        /** It is out of the way when this returns, where that is possible; nobody waits until all is removed. */
        void delete() {
            removals.remove(directory, this::leave);
        }

        private void leave() {
            try {
                if (!processFile.startsWith(directory)) {
                    Files.deleteIfExists(processFile);
                    leaveFamily();
                }
            } catch (IOException e) {
                LOG.warn("directory={} of an ended worker leaves something behind", directory, e);
            }
        }

        /** The last one takes the directory of the family with it. */
        private void leaveFamily() throws IOException {
            Path parent = directory.getParent();
            if (parent == null || parent.equals(processFile.getParent())) {
                return;
            }
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                LOG.debug("directory={} has other members", parent);
            }
        }
    }
}
