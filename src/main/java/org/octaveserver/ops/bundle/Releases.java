package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Locks;

/**
 * The releases and which of them callers see. A change stands once its release has a number in {@code releases/}: every
 * later change is made on top of it. {@code current} follows: whoever finds it behind the highest release (the deployer
 * itself, the next one, a start, a {@link ReleaseWatcher}) brings it forward, so a deployer that dies between the two
 * steps, or is slow, costs nobody a change. No lock is needed for that; the one here only spares threads of this node
 * useless attempts. Thread-safe, also between nodes; methods block on the disk.
 */
public final class Releases {
    private static final Logger LOG = LogManager.getLogger(Releases.class);

    /** Each failed attempt means that another deployer succeeded. */
    private static final int MAX_ATTEMPTS = 1000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final BundleDirectories directories;
    private final Incoming incoming;
    private final Store store;
    private final ReleaseLog log;
    private final CurrentPointer pointer;
    private final InstantSource clock;
    private final DeploymentObserver observer;
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile Release cached = Release.NONE;

    /**
     * The releases below a {@code bundles} directory.
     *
     * @param observer is told of the steps from RELEASE_WRITTEN on
     */
    public Releases(Path root, Store store, InstantSource clock, DeploymentObserver observer) {
        this(root, store, clock, SymlinkCreator.PLATFORM, observer);
    }

    Releases(Path root, Store store, InstantSource clock, SymlinkCreator links, DeploymentObserver observer) {
        this.directories = new BundleDirectories(root);
        this.incoming = new Incoming(directories.incoming());
        this.store = store;
        this.log = new ReleaseLog(directories, store, links);
        this.pointer = new CurrentPointer(directories.current(), links);
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * What callers see now: looks where {@code current} leads, and reads the release only when that has changed.
     * {@link Release#NONE} before the first.
     *
     * @throws OpsException STORE_FAILED when it cannot be read
     */
    public Release current() {
        try {
            long number = pointer.read();
            Release known = cached;
            if (known.number() != number) {
                known = led(number);
                cached = known;
            }
            return known;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Release led(long number) throws IOException {
        try {
            return log.load(number);
        } catch (NoSuchFileException e) {
            if (log.isRelease(number)) {
                throw e;
            }
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    directories.current() + " leads to release " + number
                            + ", which is not there; it is let lead to the newest one there is within"
                            + " ops.bundles.poll-interval; if there is none, restore " + directories.releases()
                            + " from a backup",
                    e);
        }
    }

    /**
     * A kept release.
     *
     * @throws OpsException RELEASE_NOT_FOUND when there is none with this number, RELEASE_INCOMPLETE when a version of it
     *     is not in the store any more, RELEASE_DAMAGED
     */
    public Release release(long number) {
        try {
            return log.find(number)
                    .orElseThrow(() -> new OpsException(
                            ErrorCode.RELEASE_NOT_FOUND,
                            "there is no release " + number + "; \"releases\" lists those that are kept"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The releases that are kept and whole, up to the current one, newest first. */
    public List<Release> history() {
        return kept().stream().flatMap(kept -> kept.release().stream()).toList();
    }

    /** The releases that are kept, damaged ones too, up to the current one, newest first. */
    public List<KeptRelease> kept() {
        try {
            return log.upTo(pointer.read());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Makes the next release, or says what it would be.
     *
     * @param activated the release whose content it takes over whole, if it does
     * @throws OpsException RELEASE_CHANGED when another release is current than the one that is expected, STORE_FAILED,
     *     RELEASE_CONFLICT, or what the change throws
     */
    Published publish(ReleaseRequest request, OptionalLong activated, ReleaseChange change) {
        lock();
        try (Incoming.Workspace workspace = incoming.open()) {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                ReleaseLog.Head head = log.head(pointer.read());
                Release base = known(head.release());
                refuseUnexpected(request, base);
                Map<String, DeployedBundle> wanted = change.apply(base.bundles());
                if (wanted.equals(base.bundles())) {
                    if (!request.dryRun()) {
                        bringForward(workspace);
                    }
                    return new Published(base, base, false);
                }
                Release next = new Release(
                        head.number(),
                        base.number(),
                        clock.instant(),
                        request.by(),
                        request.reason(),
                        activated,
                        wanted);
                if (request.dryRun()) {
                    return new Published(base, next, true);
                }
                if (isMade(base, next, workspace)) {
                    return new Published(base, next, true);
                }
                LOG.info("release={} taken by another deployer, trying again on top of it", next.number());
            }
            throw outrun();
        } catch (IOException e) {
            throw unwritten(e);
        } finally {
            publishing.unlock();
        }
    }

    /** A change is made on top of what this node knows, also when the file has been damaged since. */
    private Release known(long number) throws IOException {
        Release known = cached;
        return known.number() == number ? known : log.load(number);
    }

    /**
     * What the switch needs is made first: once the release has its number, the change stands.
     *
     * @return false when another deployer took the number
     */
    private boolean isMade(Release base, Release next, Incoming.Workspace workspace) throws IOException {
        claim(base, next);
        Path link = workspace.fresh();
        pointer.prepare(next.number(), link);
        if (!log.append(next, workspace.fresh())) {
            return false;
        }
        observer.reached(DeploymentStep.RELEASE_WRITTEN);
        switchTo(next, link, workspace);
        return true;
    }

    /** What is in the base is kept by that; what is not may be about to be removed. */
    private void claim(Release base, Release next) throws IOException {
        Set<BundleVersion> kept = versions(base);
        for (BundleVersion version : versions(next)) {
            if (!kept.contains(version)) {
                store.claim(version);
            }
        }
    }

    private static Set<BundleVersion> versions(Release release) {
        return release.versions().stream().map(DeployedVersion::version).collect(Collectors.toSet());
    }

    private static OpsException outrun() {
        return new OpsException(
                ErrorCode.RELEASE_CONFLICT,
                "other deployers took " + MAX_ATTEMPTS + " release numbers meanwhile; deploy again");
    }

    private OpsException unwritten(IOException e) {
        return directories.failed("the release could not be written", e);
    }

    private static void refuseUnexpected(ReleaseRequest request, Release base) {
        if (request.expected().isPresent() && request.expected().getAsLong() != base.number()) {
            throw new OpsException(
                    ErrorCode.RELEASE_CHANGED,
                    "release " + base.number() + " is current, not "
                            + request.expected().getAsLong() + "; look at what has changed, and ask again");
        }
    }

    private void lock() {
        Locks.acquire(
                publishing,
                LONGEST_WAIT,
                () -> new OpsException(
                        ErrorCode.RELEASE_CONFLICT,
                        "another deployment has been writing its release for " + LONGEST_WAIT.toSeconds()
                                + " s; deploy again"),
                "the deployment was interrupted; nothing has changed");
    }

    private void switchTo(Release next, Path link, Incoming.Workspace workspace) {
        try {
            if (isBehind()) {
                pointer.replaceBy(link);
            }
            bringForward(workspace);
        } catch (IOException e) {
            throw directories.failed(
                    "release " + next.number() + " is written, and takes effect as soon as \"current\" can be switched"
                            + " to it, but that failed",
                    e);
        }
        LOG.info("release={} previous={} by={} current", next.number(), next.previous(), Quoted.text(next.by()));
        observer.reached(DeploymentStep.SWITCHED);
    }

    /**
     * Lets {@code current} lead to the highest release, when it leads to a lower one or to none.
     *
     * @throws OpsException STORE_FAILED when that cannot be done
     */
    public void bringForward() {
        try {
            if (isBehind()) {
                try (Incoming.Workspace workspace = incoming.open()) {
                    bringForward(workspace);
                }
            }
        } catch (IOException e) {
            throw directories.failed(
                    directories.current() + " does not lead to the newest release and could not be switched", e);
        }
    }

    /** Looks again after each switch: a slower deployer may have set it back to its own, lower release meanwhile. */
    private void bringForward(Incoming.Workspace workspace) throws IOException {
        while (isBehind()) {
            pointer.point(log.head(pointer.read()).release(), workspace.fresh());
        }
    }

    /** A number above that of the highest release is that of none: it was set by hand, or its release was lost. */
    private boolean isBehind() throws IOException {
        long number = pointer.read();
        long highest = log.head(number).release();
        return highest > 0 && number != highest;
    }

    private OpsException unreadable(IOException e) {
        return directories.failed("the releases cannot be read", e);
    }
}
