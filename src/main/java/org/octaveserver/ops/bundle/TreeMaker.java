package org.octaveserver.ops.bundle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;
import org.octaveserver.ops.lifecycle.Locks;
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

    private final BundleDirectories directories;
    private final Incoming incoming;
    private final Preparation preparation;
    private final InstalledTrees trees = new InstalledTrees();
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    public TreeMaker(BundleSettings settings, OctaveSteps octave) {
        this.directories = new BundleDirectories(settings.root());
        this.incoming = new Incoming(directories.incoming());
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

    /**
     * The same with what was chosen to serve its dependencies.
     *
     * @return whether the version itself was made here, and so tried with these
     */
    @CanIgnoreReturnValue
    boolean make(BundleVersion version, Dependencies.Chosen chosen, OctaveRuntime runtime) {
        makeAll(chosen, runtime);
        return makeOne(version, dependencies(runtime).loadPath(chosen), runtime);
    }

    /**
     * Makes what is missing, and tries the version with what it is pinned to.
     *
     * @throws OpsException as deployment does, for what is wrong with the two together
     */
    void makeAndTry(DeployedVersion deployed, Map<String, DeployedBundle> bundles, OctaveRuntime runtime) {
        BundleVersion version = deployed.version();
        Dependencies dependencies = dependencies(runtime);
        Dependencies.Chosen chosen = dependencies.chosen(deployed, bundles);
        if (make(version, chosen, runtime)) {
            return;
        }
        List<Path> path = dependencies.loadPath(chosen);
        Preparation.Trial trial = new Preparation.Trial(trees.at(version.installed(runtime)), path, runtime);
        try {
            refuseFewer(version, preparation.tried(BundleTree.locate(version.source()), trial));
        } catch (IOException e) {
            throw directories.failed(version.id() + " cannot be tried", e);
        }
    }

    /** Makes what is missing of the bundles among what was chosen: the last first, on which the others depend. */
    void makeAll(Dependencies.Chosen chosen, OctaveRuntime runtime) {
        for (int i = chosen.order().size() - 1; i >= 0; i--) {
            Dependencies.Chosen behind = chosen.from(i + 1);
            chosen.bundle(chosen.order().get(i))
                    .ifPresent(version -> makeOne(version, dependencies(runtime).loadPath(behind), runtime));
        }
    }

    /** Answers whether it was missing, and made here. */
    @CanIgnoreReturnValue
    private boolean makeOne(BundleVersion version, List<Path> dependencies, OctaveRuntime runtime) {
        Path place = version.installed(runtime);
        if (Files.isDirectory(place)) {
            return false;
        }
        ReentrantLock lock = locks.computeIfAbsent(place, key -> new ReentrantLock());
        Locks.acquire(
                lock,
                LONGEST_WAIT,
                () -> new OpsException(ErrorCode.INTERNAL, version.id() + " has been prepared for too long"),
                "interrupted while " + version.id() + " was prepared");
        try {
            if (Files.isDirectory(place)) {
                return false;
            }
            build(version, dependencies, runtime);
            return true;
        } catch (IOException e) {
            throw Files.isDirectory(version.directory())
                    ? directories.failed(version.id() + " cannot be prepared", e)
                    : Store.gone(version);
        } finally {
            // Who comes now gets another lock: at worst the same is made twice, and one of the two is used.
            locks.remove(place, lock);
            lock.unlock();
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
                ensureParent(BundleVersion.installation(runtime), version);
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
            ensureParent(BundleVersion.buildLog(runtime), version);
            DurableFiles.replace(log, version.directory().resolve(BundleVersion.buildLog(runtime)));
        }
    }

    /** Never the version's own directory: without the rest of it that would be in the way of the version. */
    private static void ensureParent(Path relative, BundleVersion version) throws IOException {
        Path parent = relative.getParent();
        if (parent != null) {
            DurableFiles.ensureDirectoryIn(version.directory(), parent);
        }
    }
}
