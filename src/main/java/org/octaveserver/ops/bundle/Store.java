package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * The versions that were ever deployed, one directory each: {@code store/<name>/<version>-<digest12>}. A directory
 * comes into being whole, by one rename, and goes whole; what it came with never changes, only trees for other runtimes and
 * logs are added, each by one rename. So the store may be read by any number of threads and nodes while others add to it. Being in the store makes nothing callable: that is what releases do.
 */
public final class Store {
    private static final Logger LOG = LogManager.getLogger(Store.class);

    static final String SOURCE = "source";
    static final String INSTALL = "install";
    static final String BUILD = "build";

    private final BundleDirectories directories;

    public Store(Path root) {
        this.directories = new BundleDirectories(root);
    }

    /** Where the version belongs, there or not. */
    Path place(BundleName name, Version version, String digest) {
        String shortDigest = digest.substring(0, BundleVersion.SHORT_DIGEST);
        return directories.store().resolve(name.text()).resolve(version + "-" + shortDigest);
    }

    /** The version with exactly this content. */
    public Optional<BundleVersion> find(BundleName name, Version version, String digest) {
        Path place = place(name, version, digest);
        if (!isWhole(place)) {
            return Optional.empty();
        }
        BundleVersion found = load(place);
        if (!found.digest().equals(digest)) {
            // Someone made two files whose digests begin alike; only one of them can have the name.
            throw new OpsException(
                    ErrorCode.VERSION_CONFLICT,
                    name + " " + version + " is stored with digest " + found.digest() + "; the new file's is " + digest
                            + ", which begins alike; pack it again");
        }
        return Optional.of(found);
    }

    /**
     * Loads a version from its directory.
     *
     * @throws OpsException STORE_FAILED when there is none, or a damaged one
     */
    BundleVersion load(Path directory) {
        try {
            return BundleFile.read(directory);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    directory + " is no readable bundle version (" + e.getMessage()
                            + "); restore it from a backup, or deploy the bundle again",
                    e);
        }
    }

    /**
     * Loads what callers may know of a version's functions; nothing of one that was stored before that was recorded.
     *
     * @throws OpsException STORE_FAILED when it cannot be read
     */
    Signatures signatures(BundleVersion version) {
        try {
            return SignaturesFile.read(version.directory());
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    version.directory() + " has no readable " + SignaturesFile.NAME + " (" + e.getMessage()
                            + "); restore it from a backup, or deploy the bundle again in a new version",
                    e);
        }
    }

    /**
     * Says that a version is about to be used, so that nobody removes it for being unused.
     *
     * @throws OpsException RELEASE_INCOMPLETE when it is not there any more
     */
    void claim(BundleVersion version) throws IOException {
        if (!isClaimed(version)) {
            throw gone(version);
        }
    }

    /** The same, but answers false when it is not there any more. */
    boolean isClaimed(BundleVersion version) throws IOException {
        try {
            Files.setLastModifiedTime(version.directory(), FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            return false;
        }
        // Looked at after the touch: who takes it away from here on sees that.
        return isWhole(version.directory());
    }

    /** A version comes with this file, and goes with it. */
    private static boolean isWhole(Path place) {
        return Files.isRegularFile(place.resolve(BundleFile.NAME));
    }

    /** To be thrown for a version that is not there any more. */
    static OpsException gone(BundleVersion version) {
        return new OpsException(
                ErrorCode.RELEASE_INCOMPLETE,
                version.name() + " " + version.version()
                        + " was unused and has just been removed from the store; deploy it again");
    }

    /** Whether this version of the bundle is stored with some other content too. */
    boolean holdsOther(BundleVersion version) throws IOException {
        String mine = version.directory().getFileName().toString();
        return FileTrees.list(DurableFiles.parent(version.directory())).stream()
                .map(path -> path.getFileName().toString())
                .anyMatch(other -> !other.equals(mine) && isOf(version.version(), other));
    }

    /** Whether a directory's name is that of some content of a version. */
    private static boolean isOf(Version version, String name) {
        int end = name.length() - BundleVersion.SHORT_DIGEST - 1;
        return end > 0 && Version.parse(name.substring(0, end)).equals(Optional.of(version));
    }

    /**
     * Moves a staged directory, complete but for its {@code bundle.json}, into the store.
     *
     * @param version describes it, with its place in the store as directory
     * @return the stored version: this one, or an equal one that another deployer was quicker to store
     */
    BundleVersion add(Path staged, BundleVersion version) throws IOException {
        BundleFile.write(staged, version);
        DurableFiles.ensureDirectory(DurableFiles.parent(version.directory()));
        clear(version.directory(), staged);
        if (DurableFiles.moveIntoPlace(staged, version.directory())) {
            return version;
        }
        return find(version.name(), version.version(), version.digest())
                .orElseThrow(() -> new OpsException(
                        ErrorCode.STORE_FAILED, version.directory() + " is in the way of a bundle version; remove it"));
    }

    /** Takes away what stands in the place of a version and is none, such as a tree for one that had vanished. */
    private static void clear(Path place, Path staged) throws IOException {
        if (!Files.isDirectory(place) || isWhole(place)) {
            return;
        }
        Path stump = staged.resolveSibling(UUID.randomUUID().toString());
        try {
            Files.move(place, stump, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.debug("path={} is gone already", place);
            return;
        }
        if (isWhole(stump)) {
            // Another deployer was quicker: what was taken is its version.
            DurableFiles.moveIntoPlace(stump, place);
        } else {
            LOG.warn("path={} removed: it was no version, and in the way of one", place);
        }
    }
}
