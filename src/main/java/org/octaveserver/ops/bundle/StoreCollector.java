package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * Removes releases that are neither among the newest nor young, and versions that no kept release has and nobody uses.
 * What goes is renamed to {@code incoming/} first, so a crash leaves nothing half deleted in its place. Not thread-safe;
 * several nodes may collect at once.
 */
final class StoreCollector {
    private static final Logger LOG = LogManager.getLogger(StoreCollector.class);

    private final BundleDirectories directories;
    private final ReleaseLog log;
    private final Incoming incoming;
    private final Retention retention;
    private final LongSupplier nanoTime;
    private final Consumer<CollectionStep> observer;
    private final Map<Path, Unused> unused = new HashMap<>();

    /**
     * A version that nobody used at some moment.
     *
     * @param since as the clock that nobody sets counts
     * @param touched changes when a deployer is about to use it
     */
    private record Unused(long since, FileTime touched) {}

    StoreCollector(
            BundleDirectories directories,
            ReleaseLog log,
            Retention retention,
            LongSupplier nanoTime,
            Consumer<CollectionStep> observer) {
        this.directories = directories;
        this.log = log;
        this.incoming = new Incoming(directories.incoming());
        this.retention = retention;
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    /**
     * Removes what has had its time.
     *
     * @param current the release that callers see
     * @param used what nodes use
     * @param now the time of the file system
     */
    void collect(long current, Uses used, Instant now) throws IOException {
        Set<Path> needed = new HashSet<>();
        boolean known = true;
        for (long number : keepReleases(current, used.releases(), now)) {
            known &= need(number, needed);
        }
        Map<Path, Unused> before = Map.copyOf(unused);
        unused.clear();
        if (!known) {
            return;
        }
        for (Path version : stored()) {
            if (!needed.contains(version) && !used.versions().contains(id(version))) {
                collect(version, before);
            }
        }
    }

    /** Whether it is known what a release needs. Nobody knows what one needs whose file is damaged: maybe all there is. */
    private boolean need(long number, Set<Path> needed) {
        try {
            needed.addAll(log.versions(number));
            return true;
        } catch (NoSuchFileException e) {
            LOG.debug("release={} another node has removed it", number);
            return true;
        } catch (IOException e) {
            LOG.warn("release={} no version is removed from the store while it is kept: {}", number, e.getMessage());
            return false;
        }
    }

    /** Removes releases below the current one, and answers those that stay. */
    private List<Long> keepReleases(long current, Set<Long> used, Instant now) throws IOException {
        List<Long> kept = new ArrayList<>();
        for (long number : log.releases()) {
            boolean old = number < current
                    && !used.contains(number)
                    && kept.size() >= retention.releases()
                    && log.written(number).plus(retention.releasesFor()).isBefore(now);
            if (old) {
                take(log.directory(number), CollectionStep.RELEASE_TAKEN);
                LOG.info(
                        "release={} removed: there are newer ones, and it is older than {}",
                        number,
                        retention.releasesFor());
            } else {
                kept.add(number);
            }
        }
        return kept;
    }

    private List<Path> stored() throws IOException {
        List<Path> versions = new ArrayList<>();
        if (Files.isDirectory(directories.store())) {
            for (Path bundle : FileTrees.list(directories.store())) {
                versions.addAll(FileTrees.list(bundle));
            }
        }
        return versions;
    }

    private static String id(Path version) {
        return DurableFiles.parent(version).getFileName() + "@" + version.getFileName();
    }

    private void collect(Path version, Map<Path, Unused> before) throws IOException {
        FileTime touched = Files.getLastModifiedTime(version);
        long now = nanoTime.getAsLong();
        Unused since = before.getOrDefault(version, new Unused(now, touched));
        if (!since.touched().equals(touched)) {
            unused.put(version, new Unused(now, touched));
        } else if (now - since.since() < retention.grace().toNanos()) {
            unused.put(version, since);
        } else {
            remove(version, touched);
        }
    }

    /** A deployer that was about to use the version has touched it: then it goes back. */
    private void remove(Path version, FileTime touched) throws IOException {
        try (Incoming.Workspace workspace = incoming.open()) {
            Path taken = workspace.fresh();
            Files.move(version, taken, StandardCopyOption.ATOMIC_MOVE);
            observer.accept(CollectionStep.VERSION_TAKEN);
            if (Files.getLastModifiedTime(taken).equals(touched)) {
                LOG.info("bundle={} removed: no release has it and nobody uses it", id(version));
            } else {
                putBack(taken, version);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("path={} another node was quicker", version);
        }
    }

    private static void putBack(Path taken, Path version) throws IOException {
        try {
            Files.move(taken, version, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("path={} was stored anew meanwhile", version);
        }
    }

    private void take(Path directory, CollectionStep step) throws IOException {
        try (Incoming.Workspace workspace = incoming.open()) {
            Files.move(directory, workspace.fresh(), StandardCopyOption.ATOMIC_MOVE);
            observer.accept(step);
        } catch (NoSuchFileException e) {
            LOG.debug("path={} another node was quicker", directory);
        }
    }
}
