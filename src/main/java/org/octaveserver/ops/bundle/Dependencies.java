package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.octaveserver.ops.bundle.dependency.Candidate;
import org.octaveserver.ops.bundle.dependency.Constraint;
import org.octaveserver.ops.bundle.dependency.PackageVersion;
import org.octaveserver.ops.bundle.dependency.Resolver;
import org.octaveserver.ops.bundle.dependency.UnsatisfiedException;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimePackage;

/**
 * Which versions serve what bundles depend on: deployed bundles first, then packages of the runtime. What was chosen for
 * a version stands in its release as pins, so that each version keeps its own until it is deployed anew. Immutable.
 */
public final class Dependencies {
    /** Before the version of a pin that is a package of the runtime, which no bundle's version begins with. */
    private static final String OF_RUNTIME = "runtime:";

    private final OctaveRuntime runtime;
    private final InstalledTrees trees;

    /**
     * Dependencies on one runtime.
     *
     * @param trees tells what belongs on the path of stored versions
     */
    public Dependencies(OctaveRuntime runtime, InstalledTrees trees) {
        this.runtime = runtime;
        this.trees = trees;
    }

    /**
     * Chooses what serves a bundle.
     *
     * @param deployed what there is, itself or not
     * @return all that it needs, each before what it depends on
     * @throws OpsException INVALID_BUNDLE for what is no constraint, DEPENDENCY_UNSATISFIED with the chain
     */
    List<Candidate> choose(Manifest manifest, Collection<Manifest> deployed) {
        List<Constraint> needs = manifest.depends().stream()
                .map(text -> Constraint.parse(text).orElseThrow(() -> noConstraint(text)))
                .toList();
        Candidate root = candidate(manifest, needs);
        List<Candidate> all = Stream.concat(
                        deployed.stream().map(other -> candidate(other, constraints(other.depends()))),
                        runtime.packages().stream().map(Dependencies::candidate))
                .toList();
        try {
            return new Resolver(all, runtime.version()).resolve(root);
        } catch (UnsatisfiedException e) {
            throw new OpsException(
                    ErrorCode.DEPENDENCY_UNSATISFIED, "a dependency is not satisfied: " + e.getMessage(), e);
        }
    }

    private static OpsException noConstraint(String text) {
        return new OpsException(
                ErrorCode.INVALID_BUNDLE,
                Quoted.text(text) + " is no dependency; write a name and, if wanted, bounds, as in \"struct\" or"
                        + " \"statistics (>= 1.4) (< 2)\"");
    }

    private static List<Constraint> constraints(List<String> texts) {
        return texts.stream().flatMap(text -> Constraint.parse(text).stream()).toList();
    }

    private static Candidate candidate(Manifest manifest, List<Constraint> needs) {
        return new Candidate(
                manifest.name().text(), new PackageVersion(manifest.version().text()), Candidate.Origin.BUNDLE, needs);
    }

    private static Candidate candidate(RuntimePackage installed) {
        return new Candidate(
                installed.name(),
                new PackageVersion(installed.version()),
                Candidate.Origin.RUNTIME,
                constraints(installed.depends()));
    }

    /** Whether a pin is on a package of the runtime, and not on a bundle. */
    static boolean isOfRuntime(String pin) {
        return pin.startsWith(OF_RUNTIME);
    }

    /** What was chosen, as a release records it. */
    static Map<String, String> pins(List<Candidate> chosen) {
        Map<String, String> pins = new TreeMap<>();
        for (Candidate one : chosen) {
            boolean ofRuntime = one.origin() == Candidate.Origin.RUNTIME;
            pins.put(one.name(), (ofRuntime ? OF_RUNTIME : "") + one.version());
        }
        return pins;
    }

    /** The directories of what was chosen, first one first. */
    List<Path> loadPath(List<Candidate> chosen, Collection<BundleVersion> deployed) {
        List<Path> path = new ArrayList<>();
        for (Candidate one : chosen) {
            path.addAll(directories(one.name(), one.origin(), one.version().text(), deployed));
        }
        return path;
    }

    /**
     * All that a worker of a version puts on its path: its own directories, then those of what it is pinned to.
     *
     * @param release the one that has the version
     * @throws OpsException DEPENDENCY_UNSATISFIED when a package of the runtime is gone, STORE_FAILED
     */
    public List<Path> loadPath(DeployedVersion version, Release release) {
        List<Path> path =
                new ArrayList<>(trees.at(version.version().installed(runtime)).loadPath());
        Chosen chosen = chosen(version, release.bundles());
        path.addAll(loadPath(chosen.order(), chosen.bundles()));
        return path;
    }

    /**
     * What serves a bundle.
     *
     * @param order all of it, each before what it depends on
     * @param bundles those of them that are bundles
     */
    record Chosen(List<Candidate> order, Collection<BundleVersion> bundles) {}

    /**
     * What a version is pinned to.
     *
     * @param bundles all that are deployed with it
     * @throws OpsException DEPENDENCY_UNSATISFIED when a package of the runtime is gone, or the runtime is an Octave that
     *     the version does not want: it may have been another one when the version was deployed
     */
    Chosen chosen(DeployedVersion version, Map<String, DeployedBundle> bundles) {
        refuseOtherOctave(OctaveNeeds.of(version.version().manifest()));
        if (version.pins().isEmpty()) {
            return new Chosen(List.of(), List.of());
        }
        List<BundleVersion> pinned = pinned(version, bundles);
        return new Chosen(order(version, pinned), pinned);
    }

    private void refuseOtherOctave(OctaveNeeds needs) {
        if (!needs.fit(runtime)) {
            throw new OpsException(
                    ErrorCode.DEPENDENCY_UNSATISFIED,
                    needs.described() + ", and its runtime is now " + runtime.described()
                            + "; deploy it again to a runtime that fits");
        }
    }

    private static List<BundleVersion> pinned(DeployedVersion version, Map<String, DeployedBundle> bundles) {
        return version.pins().entrySet().stream()
                .flatMap(pin -> Optional.ofNullable(bundles.get(pin.getKey()))
                        .flatMap(bundle -> bundle.exactly(pin.getValue()))
                        .map(DeployedVersion::version)
                        .stream())
                .toList();
    }

    /** Only the pins are there to choose from, so they are chosen. */
    private List<Candidate> order(DeployedVersion version, List<BundleVersion> pinned) {
        Map<String, String> ofRuntime = new HashMap<>();
        version.pins().forEach((name, pin) -> {
            if (isOfRuntime(pin)) {
                ofRuntime.put(name, pin.substring(OF_RUNTIME.length()));
            }
        });
        List<RuntimePackage> packages = runtime.packages().stream()
                .filter(one -> one.version().equals(ofRuntime.get(one.name())))
                .toList();
        List<Manifest> manifests = pinned.stream().map(BundleVersion::manifest).toList();
        return new Dependencies(runtime.with(packages), trees)
                .choose(version.version().manifest(), manifests);
    }

    private List<Path> directories(
            String name, Candidate.Origin origin, String version, Collection<BundleVersion> deployed) {
        if (origin == Candidate.Origin.RUNTIME) {
            return runtime.packages().stream()
                    .filter(one -> one.name().equals(name) && one.version().equals(version))
                    .findFirst()
                    .map(RuntimePackage::loadPath)
                    .orElse(List.of());
        }
        Optional<BundleVersion> found = deployed.stream()
                .filter(one ->
                        one.name().text().equals(name) && one.version().text().equals(version))
                .findFirst();
        return found.map(one -> trees.at(one.installed(runtime)).loadPath())
                .orElseThrow(() -> new OpsException(
                        ErrorCode.DEPENDENCY_UNSATISFIED, name + " " + version + " is not stored yet"));
    }
}
