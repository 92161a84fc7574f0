package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.dependency.Candidate;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * Makes what a runtime loads of versions that are stored already: the runtime may be newer than they are, or another one
 * on another node. A tree is made in {@code incoming/} and renamed to a place where nothing was; of two nodes that make
 * the same one at once the slower uses that of the quicker. Thread-safe; blocks for as long as a build takes.
 */
public final class TreeMaker {
    private static final Logger LOG = LogManager.getLogger(TreeMaker.class);

    /** Longer than any build that is not stopped by its own limit. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    private final BundleSettings settings;
    private final Incoming incoming;
    private final Preparation preparation;
    private final InstalledTrees trees = new InstalledTrees();
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    public TreeMaker(BundleSettings settings, OctaveSteps octave) {
        this.settings = settings;
        this.incoming = new Incoming(new BundleDirectories(settings.root()).incoming());
        this.preparation = new Preparation(octave);
    }

    /** The dependencies on a runtime. */
    Dependencies dependencies(OctaveRuntime runtime) {
        return new Dependencies(runtime, trees);
    }

    /**
     * Whether nothing is to be made for a version and what it is pinned to.
     *
     * @throws OpsException DEPENDENCY_UNSATISFIED when a package of the runtime is gone
     */
    boolean isMade(DeployedVersion deployed, Map<String, DeployedBundle> bundles, OctaveRuntime runtime) {
        Dependencies.Chosen chosen = dependencies(runtime).chosen(deployed, bundles);
        return isMade(deployed.version(), runtime) && chosen.bundles().stream().allMatch(one -> isMade(one, runtime));
    }

    boolean isMade(BundleVersion version, OctaveRuntime runtime) {
        return Files.isDirectory(version.installed(runtime));
    }

    /**
     * Makes what is missing of a version and of what it is pinned to.
     *
     * @throws OpsException as deployment does, for what this runtime refuses of it; STORE_FAILED
     */
    void make(DeployedVersion deployed, Map<String, DeployedBundle> bundles, OctaveRuntime runtime) {
        make(deployed.version(), dependencies(runtime).chosen(deployed, bundles), runtime);
    }

    /** The same with what was chosen to serve its dependencies. */
    void make(BundleVersion version, Dependencies.Chosen chosen, OctaveRuntime runtime) {
        makeAll(chosen, runtime);
        makeOne(version, dependencies(runtime).loadPath(chosen.order(), chosen.bundles()), runtime);
    }

    /** Makes what is missing of the bundles among what was chosen: the last first, on which the others depend. */
    void makeAll(Dependencies.Chosen chosen, OctaveRuntime runtime) {
        List<Candidate> order = chosen.order();
        for (int i = order.size() - 1; i >= 0; i--) {
            Candidate one = order.get(i);
            List<Candidate> behind = order.subList(i + 1, order.size());
            for (BundleVersion version : chosen.bundles()) {
                if (one.origin() == Candidate.Origin.BUNDLE && isSame(one, version)) {
                    makeOne(version, dependencies(runtime).loadPath(behind, chosen.bundles()), runtime);
                }
            }
        }
    }

    private static boolean isSame(Candidate one, BundleVersion version) {
        return version.name().text().equals(one.name())
                && version.version().text().equals(one.version().text());
    }

    private void makeOne(BundleVersion version, List<Path> dependencies, OctaveRuntime runtime) {
        Path place = version.installed(runtime);
        if (Files.isDirectory(place)) {
            return;
        }
        ReentrantLock lock = locks.computeIfAbsent(place, key -> new ReentrantLock());
        acquire(lock, version);
        try {
            if (!Files.isDirectory(place)) {
                build(version, dependencies, runtime);
            }
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    "the bundles directory " + settings.root() + " cannot be used (" + e
                            + "); check its room and permissions",
                    e);
        } finally {
            lock.unlock();
        }
    }

    private static void acquire(ReentrantLock lock, BundleVersion version) {
        try {
            if (!lock.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new OpsException(ErrorCode.INTERNAL, version.id() + " has been prepared for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(ErrorCode.SHUTTING_DOWN, "interrupted while " + version.id() + " was prepared", e);
        }
    }

    private void build(BundleVersion version, List<Path> dependencies, OctaveRuntime runtime) throws IOException {
        LOG.info(
                "bundle={} is prepared for runtime={} {}",
                version.id(),
                runtime.id(),
                runtime.build().identity());
        Path place = version.installed(runtime);
        try (Incoming.Workspace workspace = incoming.open()) {
            Preparation.Target target = new Preparation.Target(runtime, place, dependencies, workspace.fresh());
            try {
                Preparation.Prepared prepared =
                        preparation.prepare(BundleTree.locate(version.source()), version.manifest(), target, workspace);
                refuseFewer(version, prepared.functions());
                keepLog(target.log(), version, runtime);
                DurableFiles.ensureDirectory(DurableFiles.parent(place));
                DurableFiles.moveIntoPlace(prepared.tree(), place);
            } catch (OpsException e) {
                keepLog(target.log(), version, runtime);
                throw e;
            }
        }
    }

    private static void refuseFewer(BundleVersion version, List<InspectedFunction> found) {
        Set<String> missing = new TreeSet<>(version.functions().keySet());
        missing.removeAll(found.stream().map(one -> one.function().name()).collect(Collectors.toSet()));
        if (!missing.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE, "it does not have the functions " + Exports.list(missing) + " there");
        }
    }

    private static void keepLog(Path log, BundleVersion version, OctaveRuntime runtime) throws IOException {
        if (Files.exists(log)) {
            Path kept = version.directory().resolve(BundleVersion.buildLog(runtime));
            DurableFiles.ensureDirectory(DurableFiles.parent(kept));
            DurableFiles.replace(log, kept);
        }
    }
}
