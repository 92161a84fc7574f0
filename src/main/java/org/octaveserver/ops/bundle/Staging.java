package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Turns a file into a stored version: receives it, unpacks it, reads its manifest, makes what the runtime loads, asks
 * what functions there are, and moves the whole to the store. Thread-safe.
 */
public final class Staging {
    private static final Pattern RUNTIME_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final BundleSettings settings;
    private final Store store;
    private final FunctionInspector inspector;
    private final String runtimeId;
    private final InstantSource clock;
    private final DeploymentObserver observer;

    /** A staging for the one runtime that bundles are prepared for. */
    public Staging(
            BundleSettings settings, Store store, FunctionInspector inspector, String runtimeId, InstantSource clock) {
        this(settings, store, inspector, runtimeId, clock, DeploymentObserver.NONE);
    }

    Staging(
            BundleSettings settings,
            Store store,
            FunctionInspector inspector,
            String runtimeId,
            InstantSource clock,
            DeploymentObserver observer) {
        if (!RUNTIME_ID.matcher(runtimeId).matches()) {
            throw new IllegalArgumentException("a runtime id is the name of a directory, not " + runtimeId);
        }
        this.settings = settings;
        this.store = store;
        this.inspector = inspector;
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
        return new OpsException(
                ErrorCode.STORE_FAILED,
                "the bundles directory " + settings.root() + " cannot be used (" + e
                        + "); check its room and permissions",
                e);
    }

    /** Stores the version in the file, or finds it there. */
    BundleVersion store(Upload received, BundleNaming naming, Incoming.Workspace workspace) throws IOException {
        Path staged = workspace.fresh();
        Path source = Files.createDirectories(staged.resolve(Store.SOURCE));
        FileModes.set(staged, true);
        FileModes.set(source, true);
        new Unpacker(settings.unpack()).unpack(received.file(), source);
        observer.reached(DeploymentStep.UNPACKED);

        BundleTree tree = BundleTree.locate(source);
        Manifest manifest = ManifestReader.read(tree, naming);
        Optional<BundleVersion> known = store.find(manifest.name(), manifest.version(), received.digest());
        if (known.isPresent()) {
            installLater(tree, known.get(), workspace);
            return known.get();
        }
        BundleVersion version = prepare(tree, manifest, staged, received.digest());
        observer.reached(DeploymentStep.PREPARED);

        BundleVersion stored = store.add(staged, version);
        observer.reached(DeploymentStep.STORED);
        return stored;
    }

    /** The runtime may be newer than the stored version: its tree is added, whole, beside those of others. */
    private void installLater(BundleTree tree, BundleVersion stored, Incoming.Workspace workspace) throws IOException {
        Path loadPath = stored.loadPath(runtimeId);
        if (!Files.isDirectory(loadPath)) {
            Path staged = workspace.fresh();
            Installation.build(tree, staged);
            DurableFiles.moveIntoPlace(staged, loadPath);
        }
    }

    private BundleVersion prepare(BundleTree tree, Manifest manifest, Path staged, String digest) throws IOException {
        tree.refuseCompiled();
        tree.refuseMisplaced();
        Path install = staged.resolve(Store.INSTALL);
        Path loadPath = install.resolve(runtimeId);
        Installation.build(tree, loadPath);
        FileModes.set(install, true);
        List<InspectedFunction> found = inspector.inspect(loadPath, runtimeId);
        Map<String, ExportedFunction> functions = Exports.choose(
                manifest, found.stream().map(InspectedFunction::function).toList());
        DeclaredSignatures declared = new SignatureReader(functions).read(tree, manifest);
        SignaturesFile.write(staged, declared.over(signatures(found, functions)));
        // What is read back from bundle.json must equal what was stored, so no finer than it writes.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Path place = store.place(manifest.name(), manifest.version(), digest);
        RouteTable routes = BundleRoutes.prepare(tree, functions, staged, place);
        return new BundleVersion(digest, place, manifest, functions, routes, now);
    }

    /** What Octave tells of the functions that may be called. */
    private static Map<String, Signature> signatures(
            List<InspectedFunction> found, Map<String, ExportedFunction> exports) {
        return found.stream()
                .filter(one -> exports.containsKey(one.function().name()))
                .collect(Collectors.toMap(one -> one.function().name(), InspectedFunction::signature));
    }
}
