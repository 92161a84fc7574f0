package org.octaveserver.ops.call;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.Dependencies;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.InstalledTrees;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * What workers of a version are started for, with all that it depends on; also the key of the pool. Asked for with every
 * call, so it is remembered what belongs on the path. Thread-safe.
 */
final class WorkerSpecs {
    private static final Logger LOG = LogManager.getLogger(WorkerSpecs.class);

    private final InstalledTrees trees = new InstalledTrees();
    private final Map<Key, List<Path>> loadPaths = new ConcurrentHashMap<>();

    /** A version with the same pins has the same path in each release. */
    private record Key(String version, Map<String, String> pins, String runtime) {}

    /** Forgets the paths: there is another release, or the runtime may have other packages. */
    void forget() {
        loadPaths.clear();
    }

    /**
     * What workers of a version are started for.
     *
     * @throws OpsException DEPENDENCY_UNSATISFIED when something is gone that it is pinned to, STORE_FAILED
     */
    WorkerSpec of(Release release, DeployedVersion deployed, OctaveRuntime runtime) {
        String id = deployed.version().id();
        List<Path> loadPath = loadPaths.computeIfAbsent(
                new Key(id, deployed.pins(), runtime.id()),
                key -> new Dependencies(runtime, trees).loadPath(deployed, release));
        return new WorkerSpec(id, runtime.command(), loadPath);
    }

    /** Of all versions. */
    Set<WorkerSpec> ofAll(Release release, OctaveRuntime runtime) {
        return of(release, runtime, bundle -> bundle.versions().stream());
    }

    /** Of the default versions. Workers are kept ready for these only; those of others start when they are called. */
    Set<WorkerSpec> ofDefaults(Release release, OctaveRuntime runtime) {
        return of(release, runtime, bundle -> Stream.of(bundle.byDefault()));
    }

    /** A version that cannot run now is a matter of its own callers, who are told. */
    private Set<WorkerSpec> of(
            Release release, OctaveRuntime runtime, Function<DeployedBundle, Stream<DeployedVersion>> chosen) {
        return release.bundles().values().stream()
                .flatMap(chosen)
                .flatMap(deployed -> {
                    try {
                        return Stream.of(of(release, deployed, runtime));
                    } catch (OpsException e) {
                        LOG.error("bundle={} cannot run: {}", deployed.version().id(), e.getMessage());
                        return Stream.empty();
                    }
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
