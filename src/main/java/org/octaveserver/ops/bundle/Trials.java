package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RegisteredRuntimes;

/**
 * Tries versions with what they are to load, before a release makes them: those that are new in it, and those for which
 * it changes what serves their dependencies. What this node has not made of them is made then. Remembers what passed, so
 * that the same is not tried twice. Thread-safe; a trial takes as long as builds and workers do.
 */
final class Trials {
    /** More than releases have; beyond it is forgotten, and tried again. */
    private static final int MOST = 10_000;

    private final BundleSettings settings;
    private final Store store;
    private final TreeMaker maker;
    private final RegisteredRuntimes runtimes;
    private final Set<Load> passed = ConcurrentHashMap.newKeySet();

    Trials(BundleSettings settings, Store store, TreeMaker maker, RegisteredRuntimes runtimes) {
        this.settings = settings;
        this.store = store;
        this.maker = maker;
        this.runtimes = runtimes;
    }

    /**
     * A version that is to be tried.
     *
     * @param load what it loads then
     * @param before what it loads now, if it is deployed and can run
     */
    private record Due(DeployedVersion deployed, OctaveRuntime runtime, Load load, Optional<Load> before) {}

    /** Notes that a version has been tried with this. */
    void pass(Load load) {
        if (passed.size() >= MOST) {
            passed.clear();
        }
        passed.add(load);
    }

    /**
     * What a release lets callers use anew, as a version or as the default, although this node has not got its runtime:
     * {@code name@version (runtime)}. Other nodes that share the directory may have it.
     *
     * @throws OpsException RUNTIME_UNAVAILABLE when there are such versions and no other nodes
     */
    List<String> elsewhere(Map<String, DeployedBundle> before, Map<String, DeployedBundle> after) {
        List<String> elsewhere = after.values().stream()
                .flatMap(
                        bundle -> bundle.versions().stream().filter(deployed -> !isUsedAlike(deployed, bundle, before)))
                .filter(deployed -> runtimes.find(deployed.runtime()).isEmpty())
                .map(deployed ->
                        deployed.described() + " (" + deployed.runtime().orElse("the default one") + ")")
                .toList();
        if (!elsewhere.isEmpty() && !settings.isShared()) {
            throw new OpsException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "this server has not got the runtime of " + String.join(", ", elsewhere) + "; set up"
                            + " ops.runtime.<id>.command for it, or deploy the bundle again to another runtime");
        }
        return elsewhere;
    }

    private static boolean isUsedAlike(
            DeployedVersion deployed, DeployedBundle bundle, Map<String, DeployedBundle> before) {
        Optional<DeployedBundle> old =
                Optional.ofNullable(before.get(deployed.version().name().text()));
        boolean newDefault = deployed.equals(bundle.byDefault())
                && !old.map(DeployedBundle::byDefault).equals(Optional.of(deployed));
        return present(deployed, before).equals(Optional.of(deployed)) && !newDefault;
    }

    /**
     * Whether nothing is left to be tried.
     *
     * @throws OpsException DEPENDENCY_UNSATISFIED when a version cannot load then what it is pinned to
     */
    boolean areDone(Map<String, DeployedBundle> before, Map<String, DeployedBundle> after) {
        return due(before, after).isEmpty();
    }

    /**
     * Tries what is left to be tried.
     *
     * @param before the bundles that callers see
     * @param after those of the release to come
     * @throws OpsException with what is wrong with each of them, and what has changed for it
     */
    void run(Map<String, DeployedBundle> before, Map<String, DeployedBundle> after) {
        Refusals refusals = new Refusals();
        for (Due due : due(before, after)) {
            refusals.collect(() -> {
                run(due, after);
                return due;
            });
        }
        refusals.throwIfAny();
    }

    private List<Due> due(Map<String, DeployedBundle> before, Map<String, DeployedBundle> after) {
        List<Due> due = new ArrayList<>();
        for (DeployedVersion deployed : Pins.of(after).dependents()) {
            runtimes.find(deployed.runtime())
                    .flatMap(runtime -> due(deployed, runtime, before, after))
                    .ifPresent(due::add);
        }
        return due;
    }

    private Optional<Due> due(
            DeployedVersion deployed,
            OctaveRuntime runtime,
            Map<String, DeployedBundle> before,
            Map<String, DeployedBundle> after) {
        Optional<DeployedVersion> present = present(deployed, before);
        Optional<Load> old = present.flatMap(one -> load(one, before));
        if (present.equals(Optional.of(deployed)) && old.isEmpty()) {
            // It cannot run now either: that is a matter of its own callers, and no reason to refuse others.
            return Optional.empty();
        }
        Load load = load(deployed, after, runtime);
        boolean known =
                old.equals(Optional.of(load)) || (passed.contains(load) && maker.isMade(deployed, after, runtime));
        return known ? Optional.empty() : Optional.of(new Due(deployed, runtime, load, old));
    }

    private static Optional<DeployedVersion> present(DeployedVersion deployed, Map<String, DeployedBundle> bundles) {
        BundleVersion version = deployed.version();
        return Optional.ofNullable(bundles.get(version.name().text()))
                .flatMap(bundle -> bundle.exactly(version.version().text()));
    }

    private Optional<Load> load(DeployedVersion deployed, Map<String, DeployedBundle> bundles) {
        try {
            return runtimes.find(deployed.runtime()).map(runtime -> load(deployed, bundles, runtime));
        } catch (OpsException e) {
            if (e.code() == ErrorCode.DEPENDENCY_UNSATISFIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Load load(DeployedVersion deployed, Map<String, DeployedBundle> bundles, OctaveRuntime runtime) {
        return Load.of(deployed.version(), maker.dependencies(runtime).chosen(deployed, bundles), runtime);
    }

    private void run(Due due, Map<String, DeployedBundle> after) {
        try {
            // A build takes longer than something unused is kept.
            store.claim(due.deployed().version());
            maker.makeAndTry(due.deployed(), after, due.runtime());
        } catch (IOException e) {
            throw new BundleDirectories(settings.root())
                    .failed(due.deployed().version().id() + " cannot be tried", e);
        } catch (OpsException e) {
            throw refused(due, e);
        }
        pass(due.load());
    }

    private static OpsException refused(Due due, OpsException why) {
        if (why.code().kind() == ErrorKind.INTERNAL || why.code().kind() == ErrorKind.UNAVAILABLE) {
            return why;
        }
        String changed = due.before()
                .map(before -> " does not work with what it would load then ("
                        + String.join(", ", due.load().beside(before)) + " instead of "
                        + String.join(", ", before.beside(due.load())) + "): ")
                .orElse(" does not work: ");
        return new OpsException(why.code(), due.deployed().described() + changed + why.getMessage(), why);
    }
}
