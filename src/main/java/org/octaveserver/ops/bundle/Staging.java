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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * Turns a file into a stored version: receives it, unpacks it, reads its manifest, makes what the runtime loads, asks
 * what functions there are, and moves the whole to the store. Thread-safe.
 */
public final class Staging {
    private static final Pattern RUNTIME_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final BundleSettings settings;
    private final Store store;
    private final Preparation preparation;
    private final Supplier<OctaveRuntime> runtime;
    private final String runtimeId;
    private final InstantSource clock;
    private final DeploymentObserver observer;

    /**
     * A staging for the one runtime that bundles are prepared for.
     *
     * @param observer is told of the steps up to STORED
     */
    public Staging(
            BundleSettings settings,
            Store store,
            OctaveSteps octave,
            String runtimeId,
            InstantSource clock,
            DeploymentObserver observer) {
        if (!RUNTIME_ID.matcher(runtimeId).matches()) {
            throw new IllegalArgumentException("a runtime id is the name of a directory, not " + runtimeId);
        }
        this.settings = settings;
        this.store = store;
        this.preparation = new Preparation(octave, runtimeId);
        this.runtime = octave.runtime();
        this.runtimeId = runtimeId;
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
    record Neighbours(Collection<BundleVersion> versions, Collection<Manifest> manifests) {}

    /** The dependencies on the runtime as it is now. */
    Dependencies dependencies() {
        return new Dependencies(runtime.get(), new InstalledTrees());
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
        return new Unpacked(received, staged, tree, ManifestReader.read(tree, naming));
    }

    /** Stores the version in the file, or finds it there. */
    BundleVersion store(Unpacked unpacked, Neighbours neighbours, Incoming.Workspace workspace) throws IOException {
        Manifest manifest = unpacked.manifest();
        Optional<BundleVersion> known = store.find(
                manifest.name(), manifest.version(), unpacked.upload().digest());
        if (known.isPresent()) {
            installLater(unpacked, known.get(), neighbours, workspace);
            return known.get();
        }
        BundleVersion version = prepare(unpacked, dependencies(manifest, neighbours), workspace);
        observer.reached(DeploymentStep.PREPARED);

        BundleVersion stored = store.add(unpacked.staged(), version);
        observer.reached(DeploymentStep.STORED);
        return stored;
    }

    /** The runtime may be newer than the stored version: its tree is added, whole, beside those of others. */
    private void installLater(
            Unpacked unpacked, BundleVersion stored, Neighbours neighbours, Incoming.Workspace workspace)
            throws IOException {
        Path place = stored.installed(runtimeId);
        if (!Files.isDirectory(place)) {
            List<Path> path = dependencies(stored.manifest(), neighbours);
            Preparation.Prepared prepared =
                    preparation.prepare(unpacked.tree(), stored.manifest(), place, path, workspace);
            if (prepared.log().isPresent()) {
                Path log = logOf(stored.directory());
                DurableFiles.ensureDirectory(DurableFiles.parent(log));
                DurableFiles.replace(prepared.log().get(), log);
            }
            DurableFiles.moveIntoPlace(prepared.tree(), place);
        }
    }

    /** The directories of what the bundle depends on. */
    private List<Path> dependencies(Manifest manifest, Neighbours neighbours) {
        if (manifest.depends().isEmpty()) {
            return List.of();
        }
        Dependencies dependencies = dependencies();
        return dependencies.loadPath(dependencies.choose(manifest, neighbours.manifests()), neighbours.versions());
    }

    private Path logOf(Path version) {
        return version.resolve(Store.BUILD).resolve(runtimeId + ".log");
    }

    private BundleVersion prepare(Unpacked unpacked, List<Path> dependencies, Incoming.Workspace workspace)
            throws IOException {
        BundleTree tree = unpacked.tree();
        tree.refuseMisplaced();
        tree.refuseUnbuilt();
        Manifest manifest = unpacked.manifest();
        Path staged = unpacked.staged();
        String digest = unpacked.upload().digest();
        Path place = store.place(manifest.name(), manifest.version(), digest);
        Path installed = Path.of(Store.INSTALL, runtimeId);
        Preparation.Prepared prepared =
                preparation.prepare(tree, manifest, place.resolve(installed), dependencies, workspace);
        moveInto(prepared.tree(), staged.resolve(installed));
        if (prepared.log().isPresent()) {
            moveInto(prepared.log().get(), logOf(staged));
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
