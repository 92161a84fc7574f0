package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;

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

    /**
     * Where the next release goes.
     *
     * @param release the highest release, on top of which it is made; 0 when there is none
     * @param number the number it must take
     */
    record Head(long release, long number) {}

    /**
     * Looks where the log ends. The number is above all that is taken, by releases or by anything else that has a
     * number for a name, so that none comes twice.
     *
     * @param current where {@code current} led <em>before</em> this call; read after, it could count a release in that
     *     this look does not see, and the next one would be made without it
     */
    Head head(long current) throws IOException {
        List<Long> numbers = Stream.concat(numbers().stream(), Stream.of(current))
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Head(numbers.stream().filter(this::isRelease).findFirst().orElse(0L), numbers.get(0) + 1);
    }

    private List<Long> numbers() throws IOException {
        if (!Files.isDirectory(directories.releases())) {
            return List.of();
        }
        return FileTrees.list(directories.releases()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> NUMBER.matcher(name).matches())
                .map(Long::valueOf)
                .toList();
    }

    /** The numbers of all releases, highest first. */
    List<Long> releases() throws IOException {
        return numbers().stream()
                .filter(this::isRelease)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** When a release was written, as the file system counts. */
    Instant written(long number) throws IOException {
        return Files.getLastModifiedTime(directory(number).resolve(ReleaseFile.NAME))
                .toInstant();
    }

    /** A release is moved to its number whole, so its file tells. */
    boolean isRelease(long number) {
        return Files.isRegularFile(directory(number).resolve(ReleaseFile.NAME));
    }

    private Release load(long number, Function<Path, BundleVersion> load) throws IOException {
        return number == 0 ? Release.NONE : ReleaseFile.read(directory(number), directories.root(), load);
    }

    Release load(long number) throws IOException {
        return load(number, store::load);
    }

    /**
     * The release with a number.
     *
     * @throws OpsException RELEASE_INCOMPLETE when a version of it is not in the store, RELEASE_DAMAGED when its file or a
     *     version is not what it was
     */
    Optional<Release> find(long number) throws IOException {
        return number > 0 && isRelease(number) ? Optional.of(whole(number, store::load)) : Optional.empty();
    }

    private Release whole(long number, Function<Path, BundleVersion> load) throws IOException {
        try {
            return load(number, path -> {
                if (!Files.isDirectory(path)) {
                    throw new OpsException(
                            ErrorCode.RELEASE_INCOMPLETE,
                            "release " + number + " needs " + path + ", which is not in the store any more");
                }
                return load.apply(path);
            });
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(number, e);
        } catch (OpsException e) {
            throw e.code() == ErrorCode.STORE_FAILED ? damaged(number, e) : e;
        }
    }

    private static OpsException damaged(long number, Exception why) {
        return new OpsException(
                ErrorCode.RELEASE_DAMAGED, "release " + number + " is damaged: " + why.getMessage(), why);
    }

    /** The releases up to a number, highest first; each version in them is read once. */
    List<KeptRelease> upTo(long highest) throws IOException {
        Map<Path, BundleVersion> read = new HashMap<>();
        return releases().stream()
                .filter(number -> number <= highest)
                .flatMap(number -> kept(number, path -> read.computeIfAbsent(path, store::load)).stream())
                .toList();
    }

    private Optional<KeptRelease> kept(long number, Function<Path, BundleVersion> load) {
        try {
            return Optional.of(KeptRelease.whole(whole(number, load)));
        } catch (IOException | OpsException e) {
            if (isRelease(number)) {
                return Optional.of(KeptRelease.damaged(number, told(e)));
            }
            LOG.debug("release={} was removed meanwhile", number);
            return Optional.empty();
        }
    }

    private static String told(Exception e) {
        return e instanceof OpsException ? String.valueOf(e.getMessage()) : "it cannot be read (" + e + ")";
    }

    /**
     * The directories of the versions that a release names, whether they are there or not.
     *
     * @throws IOException when it is not known: its file is damaged or gone
     */
    Set<Path> versions(long number) throws IOException {
        return ReleaseFile.directories(directory(number), directories.root());
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
        for (DeployedBundle bundle : release.bundles().values()) {
            for (DeployedVersion deployed : bundle.versions()) {
                link(staging, deployed.version(), deployed.equals(bundle.byDefault()));
            }
        }
        DurableFiles.ensureDirectory(directories.releases());
        return DurableFiles.moveIntoPlace(staging, directory(release.number()));
    }

    /** The links are for people; OPS reads the file, so where links are refused it does without. */
    private void link(Path staging, BundleVersion version, boolean isDefault) throws IOException {
        Path target = directory(1).relativize(version.directory());
        String name = isDefault ? version.name().text() : version.name() + "@" + version.version();
        try {
            links.create(staging.resolve(name), target);
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debug("bundle={} gets no link in its release: links are refused ({})", version.name(), e.toString());
        }
    }

    Path directory(long number) {
        return directories.releases().resolve(Long.toString(number));
    }
}
