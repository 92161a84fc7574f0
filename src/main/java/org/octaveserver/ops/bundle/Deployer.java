package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Deploys bundles and takes them away. Either leads to a new release with the change, or fails and changes nothing that
 * callers see; a failure leaves nothing in {@code incoming/}, a crash only what a later start removes. Thread-safe, also
 * between nodes; methods block on the disk, on the upload and on the inspector.
 */
public final class Deployer implements Managed {
    private static final Logger LOG = LogManager.getLogger(Deployer.class);

    private final BundleSettings settings;
    private final Staging staging;
    private final Store store;
    private final Releases releases;
    private final ReleaseWatcher watcher;
    private final Incoming incoming;

    /**
     * A deployer.
     *
     * @param watcher is made to look after each change
     */
    public Deployer(BundleSettings settings, Staging staging, Store store, Releases releases, ReleaseWatcher watcher) {
        this.settings = settings;
        this.staging = staging;
        this.store = store;
        this.releases = releases;
        this.watcher = watcher;
        this.incoming = new Incoming(new BundleDirectories(settings.root()).incoming());
    }

    /** Removes what deployments of earlier processes left, and completes a switch that one of them began. */
    @Override
    public void start() {
        try {
            incoming.sweep(settings.incomingKept(), InstantSource.system());
        } catch (IOException e) {
            throw failed(e);
        }
        releases.bringForward();
    }

    /** Has nothing that runs. */
    @Override
    public void stop() {}

    /**
     * Deploys the bundle in a file.
     *
     * @param upload read to its end, not closed
     * @throws OpsException ARCHIVE_TOO_LARGE, INVALID_ARCHIVE, INVALID_BUNDLE for what is wrong with the file,
     *     BUNDLE_EXISTS, VERSION_CONFLICT for what the mode does not allow, RELEASE_CONFLICT, STORE_FAILED
     */
    public Deployed deploy(InputStream upload, DeployRequest request) {
        try (Incoming.Workspace workspace = incoming.open()) {
            BundleVersion version = staging.store(upload, request.naming(), workspace);
            if (request.mode() == DeployMode.UPGRADE) {
                refuseOtherContent(version);
            }
            Published published =
                    releases.publish(request.by(), request.reason(), before -> with(before, version, request.mode()));
            LOG.info(
                    "bundle={} release={} changed={} deployed",
                    version.id(),
                    published.release().number(),
                    published.changed());
            tell();
            return new Deployed(version, published.release(), published.changed());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Takes a bundle away; its versions stay in the store.
     *
     * @return the release without it
     * @throws OpsException BUNDLE_NOT_FOUND when it is not deployed, RELEASE_CONFLICT, STORE_FAILED
     */
    public Release undeploy(String name, String by, String reason) {
        Published published = releases.publish(by, reason, before -> without(before, name));
        LOG.info("bundle={} release={} undeployed", name, published.release().number());
        tell();
        return published.release();
    }

    /** A version that was in a release keeps its content. One that only reached the store was never seen by anyone. */
    private void refuseOtherContent(BundleVersion version) throws IOException {
        boolean isCurrent = releases.current().bundle(version.name().text()).equals(Optional.of(version));
        if (isCurrent || !store.holdsOther(version)) {
            return;
        }
        for (Release release : releases.history()) {
            release.deployed(version.name().text())
                    .flatMap(bundle -> bundle.exactly(version.version().text()))
                    .ifPresent(deployed -> refuseConflict(deployed.version(), version));
        }
    }

    private static Map<String, DeployedBundle> with(
            Map<String, DeployedBundle> before, BundleVersion version, DeployMode mode) {
        String name = version.name().text();
        DeployedVersion added = DeployedVersion.of(version);
        Optional<DeployedBundle> deployed = Optional.ofNullable(before.get(name));
        switch (mode) {
            case ADD -> deployed.ifPresent(present -> refuseSecond(present, version));
            case UPGRADE ->
                deployed.flatMap(present -> present.exactly(version.version().text()))
                        .ifPresent(present -> refuseConflict(present.version(), version));
            case REPLACE, REPLACE_ALL -> {}
        }
        Map<String, DeployedBundle> after = new TreeMap<>(before);
        DeployedBundle whole = mode == DeployMode.REPLACE_ALL
                ? DeployedBundle.of(added)
                : deployed.map(present -> present.with(added, true)).orElseGet(() -> DeployedBundle.of(added));
        after.put(name, whole);
        return after;
    }

    private static void refuseSecond(DeployedBundle deployed, BundleVersion version) {
        if (!deployed.equals(DeployedBundle.of(DeployedVersion.of(version)))) {
            throw new OpsException(
                    ErrorCode.BUNDLE_EXISTS,
                    "a bundle " + Quoted.text(version.name().text()) + " is deployed already, in version "
                            + deployed.listed() + "; ask to replace it, or choose another name");
        }
    }

    private static void refuseConflict(BundleVersion deployed, BundleVersion version) {
        boolean conflict = deployed.version().equals(version.version())
                && !deployed.digest().equals(version.digest());
        if (conflict) {
            throw new OpsException(
                    ErrorCode.VERSION_CONFLICT,
                    version.name() + " " + version.version() + " is deployed with digest " + deployed.digest()
                            + "; the new file's is " + version.digest()
                            + "; give the bundle a new version, or ask to replace this one");
        }
    }

    private static Map<String, DeployedBundle> without(Map<String, DeployedBundle> before, String name) {
        Map<String, DeployedBundle> after = new TreeMap<>(before);
        if (after.remove(name) == null) {
            throw new OpsException(
                    ErrorCode.BUNDLE_NOT_FOUND,
                    "no bundle " + Quoted.text(name) + " is deployed; "
                            + (before.isEmpty() ? "none is" : "deployed are " + String.join(", ", before.keySet())));
        }
        return after;
    }

    /** The change stands whatever listeners do, so their trouble is not the deployer's. */
    private void tell() {
        try {
            watcher.check();
        } catch (OpsException e) {
            LOG.warn("the listeners hear of the release only at the next look", e);
        }
    }

    private OpsException failed(IOException e) {
        Path root = settings.root();
        return new OpsException(
                ErrorCode.STORE_FAILED,
                "the bundles directory " + root + " cannot be used (" + e + "); check its room and permissions",
                e);
    }
}
