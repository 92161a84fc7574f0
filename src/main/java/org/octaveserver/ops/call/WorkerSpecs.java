package org.octaveserver.ops.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.octaveserver.ops.bundle.Dependencies;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.InstalledTrees;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.Warmup;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * What workers of a version are started for, with all that it depends on; also the key of the pool. Asked for with every
 * call, so it is remembered; and it stays as it is when a runtime changes, until there is something to take its place.
 * Thread-safe.
 */
final class WorkerSpecs {
    private final InstalledTrees trees = new InstalledTrees();
    private final Map<Key, WorkerSpec> specs = new ConcurrentHashMap<>();
    private final LimitPolicy limits;

    WorkerSpecs(LimitPolicy limits) {
        this.limits = limits;
    }

    /** A version with the same pins is the same in each release. */
    record Key(String version, Map<String, String> pins, Optional<String> runtime) {
        static Key of(DeployedVersion deployed) {
            return new Key(deployed.version().id(), deployed.pins(), deployed.runtime());
        }
    }

    /**
     * What workers of a version are to be started for; what they load must be there.
     *
     * @throws org.octaveserver.ops.error.OpsException DEPENDENCY_UNSATISFIED when something is gone that it is pinned to,
     *     STORE_FAILED
     */
    WorkerSpec make(Release release, DeployedVersion deployed, OctaveRuntime runtime) {
        return new WorkerSpec(
                        deployed.version().id(), runtime, new Dependencies(runtime, trees).loadPath(deployed, release))
                .within(limits.allowed(deployed.version().manifest().serving().limits()))
                .warmedUp(deployed.version().manifest().serving().warmup().map(Warmup::call));
    }

    /** What is in use for a version. */
    Optional<WorkerSpec> inUse(DeployedVersion deployed) {
        return Optional.ofNullable(specs.get(Key.of(deployed)));
    }

    /** Uses it from now on, unless something is in use; answers what is. */
    WorkerSpec use(DeployedVersion deployed, WorkerSpec spec) {
        WorkerSpec present = specs.putIfAbsent(Key.of(deployed), spec);
        return present == null ? spec : present;
    }

    /** Uses nothing for a version any more that is not of this runtime. */
    void forgetOthers(DeployedVersion deployed, OctaveRuntime runtime) {
        specs.computeIfPresent(Key.of(deployed), (key, spec) -> spec.runtime().equals(runtime) ? spec : null);
    }

    /** Uses these from now on, and no others. */
    void useOnly(Map<Key, WorkerSpec> fresh) {
        specs.keySet().retainAll(fresh.keySet());
        specs.putAll(fresh);
    }

    /** Of all versions of a release. */
    static Set<WorkerSpec> ofAll(Release release, Map<Key, WorkerSpec> from) {
        return of(release, from, bundle -> bundle.versions().stream());
    }

    /** Of the default versions. Workers are kept ready for these only; those of others start when they are called. */
    static Set<WorkerSpec> ofDefaults(Release release, Map<Key, WorkerSpec> from) {
        return of(release, from, bundle -> Stream.of(bundle.byDefault()));
    }

    private static Set<WorkerSpec> of(
            Release release, Map<Key, WorkerSpec> from, Function<DeployedBundle, Stream<DeployedVersion>> chosen) {
        Map<Key, WorkerSpec> known = new HashMap<>(from);
        return release.bundles().values().stream()
                .flatMap(chosen)
                .flatMap(deployed -> Optional.ofNullable(known.get(Key.of(deployed))).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
