package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The directory {@code releases/}: an append-only log. Appending is the one step by which deployers that know nothing
 * of each other agree on an order, because a number can be taken only once. Thread-safe, also between nodes.
 */
final class ReleaseLog {
    private static final Logger LOG = LogManager.getLogger(ReleaseLog.class);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final BundleDirectories directories;
    private final Store store;
    private final SymlinkCreator links;

    ReleaseLog(BundleDirectories directories, Store store, SymlinkCreator links) {
        this.directories = directories;
        this.store = store;
        this.links = links;
    }

    /** All numbers that are taken, by releases or by anything else that has a number for a name; highest first. */
    List<Long> taken() throws IOException {
        if (!Files.isDirectory(directories.releases())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directories.releases())) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> NUMBER.matcher(name).matches())
                    .map(Long::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Whether the number is that of a release: a release is moved to its number whole, so its file tells. */
    boolean isRelease(long number) {
        return Files.isRegularFile(directory(number).resolve(ReleaseFile.NAME));
    }

    /** The highest release; 0 when there is none. */
    long head() throws IOException {
        return taken().stream().filter(this::isRelease).findFirst().orElse(0L);
    }

    private Release load(long number, Function<Path, BundleVersion> load) throws IOException {
        return number == 0 ? Release.NONE : ReleaseFile.read(directory(number), directories.root(), load);
    }

    Release load(long number) throws IOException {
        return load(number, store::load);
    }

    /** The releases with these numbers; each version in them is read once. */
    List<Release> load(List<Long> numbers) throws IOException {
        Map<Path, BundleVersion> read = new HashMap<>();
        List<Release> releases = new ArrayList<>();
        for (long number : numbers) {
            releases.add(load(number, path -> read.computeIfAbsent(path, store::load)));
        }
        return List.copyOf(releases);
    }

    /**
     * Appends a release under its number.
     *
     * @param staging a path on the same file system where nothing is
     * @return false when the number is taken; nothing has changed then
     */
    boolean append(Release release, Path staging) throws IOException {
        Files.createDirectory(staging);
        FileModes.set(staging, true);
        ReleaseFile.write(staging, directories.root(), release);
        for (BundleVersion version : release.bundles().values()) {
            link(staging, version);
        }
        DurableFiles.ensureDirectory(directories.releases());
        return DurableFiles.moveIntoPlace(staging, directory(release.number()));
    }

    /** The links are for people; OPS reads the file, so where links are refused it does without. */
    private void link(Path staging, BundleVersion version) throws IOException {
        Path target = directory(1).relativize(version.directory());
        try {
            links.create(staging.resolve(version.name().text()), target);
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debug("bundle={} gets no link in its release: links are refused ({})", version.name(), e.toString());
        }
    }

    private Path directory(long number) {
        return directories.releases().resolve(Long.toString(number));
    }
}
