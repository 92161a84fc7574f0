package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.dependency.Candidate;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RegisteredRuntimes;

/**
 * Turns a file into a stored version: receives it, unpacks it, reads its manifest, makes what the runtime loads, asks
 * what functions there are, and moves the whole to the store. Thread-safe.
 */
public final class Staging {
    private final BundleSettings settings;
    private final Store store;
    private final Preparation preparation;
    private final TreeMaker maker;
    private final Trials trials;
    private final RuntimeChoice runtimes;
    private final InstantSource clock;
    private final DeploymentObserver observer;

    /**
     * What makes trees.
     *
     * @param octave makes those of what is deployed
     * @param maker makes what is missing of what is stored already
     */
    public record Making(OctaveSteps octave, TreeMaker maker) {}

    /**
     * A staging.
     *
     * @param runtimes those that bundles may be prepared for
     * @param observer is told of the steps up to STORED
     */
    public Staging(
            BundleSettings settings,
            Store store,
            Making making,
            RegisteredRuntimes runtimes,
            InstantSource clock,
            DeploymentObserver observer) {
        this.settings = settings;
        this.store = store;
        this.preparation = new Preparation(making.octave());
        this.maker = making.maker();
        this.trials = new Trials(settings, store, maker, runtimes);
        this.runtimes = new RuntimeChoice(runtimes);
        this.clock = clock;
        this.observer = observer;
    }

    /** Takes a file in. */
    Upload receive(InputStream upload, Incoming.Workspace workspace) throws IOException {
        Upload received = Upload.receive(upload, workspace.fresh(), settings.maxUploadBytes());
        observer.reached(DeploymentStep.RECEIVED);
        return received;
    }

    /** What to say when the directory of the store fails. */
    OpsException failed(IOException e) {
        return new BundleDirectories(settings.root()).failed("the bundles directory cannot be used", e);
    }

    /**
     * A file that was unpacked.
     *
     * @param staged the directory that becomes the version's
     */
    record Unpacked(Upload upload, Path staged, BundleTree tree, Manifest manifest) {}

    /**
     * What there is beside a bundle for it to depend on.
     *
     * @param versions what is deployed, or stored to be deployed with it
     * @param manifests of all of them, and of what is still to be stored
     */
    record Neighbours(Collection<BundleVersion> versions, Collection<Manifest> manifests) {
        Neighbours {
            versions = List.copyOf(versions);
            manifests = List.copyOf(manifests);
        }
    }

    /** The dependencies of a version on the runtime that was chosen for it. */
    Dependencies dependencies(DeployedVersion deployed) {
        return maker.dependencies(runtimes.runtimes().available(deployed.runtime()));
    }

    /** Tries what a release is to bring in. */
    Trials trials() {
        return trials;
    }

    /** Unpacks a file and reads what it says about itself. */
    Unpacked unpack(Upload received, BundleNaming naming, Incoming.Workspace workspace) throws IOException {
        Path staged = workspace.fresh();
        Path source = Files.createDirectories(staged.resolve(Store.SOURCE));
        FileModes.set(staged, true);
        FileModes.set(source, true);
        new Unpacker(settings.unpack()).unpack(received.file(), source);
        observer.reached(DeploymentStep.UNPACKED);

        BundleTree tree = BundleTree.locate(source);
        Manifest manifest = ManifestReader.read(tree, naming);
        Serving serving = manifest.serving();
        settings.limits()
                .excess(serving.limits(), serving.timeout())
                .or(() ->
                        settings.limits().excess("jobs.timeout", serving.jobs().timeout()))
                .ifPresent(excess -> {
                    throw OpsJson.invalid(excess);
                });
        return new Unpacked(received, staged, tree, manifest);
    }

    /**
     * Stores the version in the file, or finds it there, with what the runtime that is chosen for it loads.
     *
     * @param wanted the id of the runtime that the deployer names, if any
     */
    DeployedVersion store(
            Unpacked unpacked, Optional<String> wanted, Neighbours neighbours, Incoming.Workspace workspace)
            throws IOException {
        Manifest manifest = unpacked.manifest();
        OctaveRuntime runtime = runtimes.choose(manifest, wanted);
        Optional<BundleVersion> known = store.find(
                manifest.name(), manifest.version(), unpacked.upload().digest());
        Dependencies.Chosen chosen = chosen(manifest, neighbours, runtime);
        // What is made for it takes longer than something unused is kept.
        if (known.isPresent() && store.isClaimed(known.get())) {
            if (maker.make(known.get(), chosen, runtime)) {
                trials.pass(Load.of(known.get(), chosen, runtime));
            }
            return deployed(known.get(), runtime);
        }
        BundleVersion version = prepare(unpacked, chosen, runtime, workspace);
        observer.reached(DeploymentStep.PREPARED);

        BundleVersion stored = store.add(unpacked.staged(), version);
        trials.pass(Load.of(stored, chosen, runtime));
        observer.reached(DeploymentStep.STORED);
        return deployed(stored, runtime);
    }

    /** Not pinned yet: that is done with all that will be in the release. */
    private static DeployedVersion deployed(BundleVersion version, OctaveRuntime runtime) {
        return new DeployedVersion(version, Optional.of(runtime.id()), Map.of());
    }

    private Dependencies.Chosen chosen(Manifest manifest, Neighbours neighbours, OctaveRuntime runtime) {
        List<Candidate> order = manifest.depends().isEmpty()
                ? List.of()
                : maker.dependencies(runtime).choose(manifest, neighbours.manifests());
        return new Dependencies.Chosen(order, neighbours.versions());
    }

    private BundleVersion prepare(
            Unpacked unpacked, Dependencies.Chosen chosen, OctaveRuntime runtime, Incoming.Workspace workspace)
            throws IOException {
        BundleTree tree = unpacked.tree();
        tree.refuseMisplaced();
        tree.refuseUnbuilt();
        Manifest manifest = unpacked.manifest();
        Path staged = unpacked.staged();
        String digest = unpacked.upload().digest();
        Path place = store.place(manifest.name(), manifest.version(), digest);
        Path installed = BundleVersion.installation(runtime);
        maker.makeAll(chosen, runtime);
        List<Path> dependencies = maker.dependencies(runtime).loadPath(chosen);
        Preparation.Target target =
                new Preparation.Target(runtime, place.resolve(installed), dependencies, workspace.fresh());
        Preparation.Prepared prepared = preparation.prepare(tree, manifest, target, workspace);
        moveInto(prepared.tree(), staged.resolve(installed));
        if (Files.exists(target.log())) {
            moveInto(target.log(), staged.resolve(BundleVersion.buildLog(runtime)));
        }
        List<InspectedFunction> found = prepared.functions();
        Map<String, ExportedFunction> functions = Exports.choose(
                manifest, found.stream().map(InspectedFunction::function).toList());
        DeclaredSignatures declared = new SignatureReader(functions).read(tree, manifest);
        SignaturesFile.write(staged, declared.over(signatures(found, functions)));
        // What is read back from bundle.json must equal what was stored, so no finer than it writes.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RouteTable routes = BundleRoutes.prepare(tree, functions, staged, place);
        return new BundleVersion(digest, place, manifest, functions, routes, now);
    }

    private static void moveInto(Path made, Path place) throws IOException {
        Path parent = Files.createDirectories(DurableFiles.parent(place));
        FileModes.set(parent, true);
        FileModes.set(DurableFiles.parent(parent), true);
        Files.move(made, place);
    }

    /** What Octave tells of the functions that may be called. */
    private static Map<String, Signature> signatures(
            List<InspectedFunction> found, Map<String, ExportedFunction> exports) {
        return found.stream()
                .filter(one -> exports.containsKey(one.function().name()))
                .collect(Collectors.toMap(one -> one.function().name(), InspectedFunction::signature));
    }
}
