package org.octaveserver.ops.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimePackage;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.worker.LimitPolicy;

/** One node over a bundles directory, put together as the server does it. */
final class Bundles {
    static final String RUNTIME = "octave-7.3.0";

    final BundleSettings settings;
    final Path root;
    final FileListingInspector inspector = new FileListingInspector();
    final CopyingInstaller installer = new CopyingInstaller();
    final SmokeLog smoke = new SmokeLog();
    final Store store;
    final Releases releases;
    final ReleaseWatcher watcher;
    final Deployer deployer;
    final TreeMaker maker;

    /** The default one first; a test may change them. */
    final List<OctaveRuntime> runtimes;

    Bundles(Path root) {
        this(root, RUNTIME, SymlinkCreator.PLATFORM, DeploymentObserver.NONE);
    }

    Bundles(Path root, DeploymentObserver observer) {
        this(root, RUNTIME, SymlinkCreator.PLATFORM, observer);
    }

    /** A node that knows of others if it keeps for a while what may be theirs. */
    Bundles(Path root, Duration incomingKept) {
        this(settings(root, incomingKept), RUNTIME, SymlinkCreator.PLATFORM, DeploymentObserver.NONE);
    }

    Bundles(Path root, String runtime, SymlinkCreator links, DeploymentObserver observer) {
        this(settings(root, Duration.ZERO), runtime, links, observer);
    }

    private static BundleSettings settings(Path root, Duration incomingKept) {
        return new BundleSettings(
                root, 1 << 20, UnpackLimits.DEFAULT, Duration.ofDays(1), incomingKept, 5, LimitPolicy.NONE);
    }

    private Bundles(BundleSettings settings, String runtime, SymlinkCreator links, DeploymentObserver observer) {
        InstantSource clock = InstantSource.system();
        this.settings = settings;
        this.root = settings.root();
        this.store = new Store(root);
        this.releases = new Releases(root, store, clock, links, observer);
        this.watcher = new ReleaseWatcher(releases, settings.pollInterval());
        OctaveSteps octave = new OctaveSteps(installer, inspector, smoke);
        this.maker = new TreeMaker(settings, octave);
        this.runtimes = new ArrayList<>(List.of(octave(runtime)));
        Staging staging =
                new Staging(settings, store, new Staging.Making(octave, maker), this::statuses, clock, observer);
        this.deployer = new Deployer(settings, staging, store, releases, watcher);
    }

    /** An Octave with one package. */
    OctaveRuntime octave() {
        return octave(RUNTIME);
    }

    private List<RuntimeStatus> statuses() {
        return runtimes.stream()
                .<RuntimeStatus>map(one -> new RuntimeStatus.Available(one, Optional.empty()))
                .toList();
    }

    static OctaveRuntime octave(String id) {
        RuntimePackage io = new RuntimePackage("io", "2.6.4", List.of(Path.of("/usr/share/io")), List.of());
        return octave(id, "7.3.0").with(List.of(io));
    }

    static OctaveRuntime octave(String id, String version) {
        return new OctaveRuntime(id, List.of("octave-cli"), version, List.of());
    }

    Deployed deploy(byte[] file) {
        return deployer.deploy(new ByteArrayInputStream(file), request(DeployMode.UPGRADE, Optional.empty()));
    }

    Deployed replace(byte[] file) {
        return deployer.deploy(new ByteArrayInputStream(file), request(DeployMode.REPLACE, Optional.empty()));
    }

    static DeployRequest request(DeployMode mode, Optional<String> runtime) {
        Intake.Wanted wanted = new Intake.Wanted(BundleNaming.BY_FILE, runtime);
        return new DeployRequest(ReleaseRequest.of("ann", "a test"), mode, wanted);
    }

    /** Names and default versions that callers see. */
    List<String> visible() {
        return releases.current().defaults().stream()
                .map(version -> version.name() + " " + version.version())
                .toList();
    }

    /** All versions of a bundle, as {@code 1.0, 2.0 (default)}. */
    String versions(String name) {
        return releases.current().deployed(name).map(DeployedBundle::listed).orElse("");
    }

    List<Path> incoming() throws IOException {
        Path incoming = root.resolve("incoming");
        return Files.isDirectory(incoming) ? FileTrees.list(incoming) : List.of();
    }

    /** The paths of all files below a directory. */
    static List<String> files(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(path -> !Files.isDirectory(path))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
