package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Deploys bundles and takes them away. Either leads to a new release with the change, or fails and changes nothing that
 * callers see; a failure leaves nothing in {@code incoming/}, a crash only what a later start removes. Thread-safe, also
 * between nodes; methods block on the disk, on the upload and on the inspector.
 */
public final class Deployer implements Managed {
    private static final Logger LOG = LogManager.getLogger(Deployer.class);

    /** Where there is one file, its sender knows which. */
    private static final String NAMELESS = "";

    private final BundleSettings settings;
    private final Staging staging;
    private final Store store;
    private final Releases releases;
    private final ReleaseWatcher watcher;
    private final BundleDirectories directories;
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
        this.directories = new BundleDirectories(settings.root());
        this.incoming = new Incoming(directories.incoming());
    }

    /** Removes what deployments of earlier processes left, and completes a switch that one of them began. */
    @Override
    public void start() {
        try {
            incoming.sweep(settings.incomingKept(), InstantSource.system());
        } catch (IOException e) {
            throw staging.failed(e);
        }
        tellSeparated();
        releases.bringForward();
    }

    /** What is deployed can be called all the same. */
    private void tellSeparated() {
        try {
            directories.refuseSeparated();
        } catch (OpsException e) {
            LOG.error("nothing can be deployed: {}", e.getMessage());
        }
    }

    /** Has nothing that runs. */
    @Override
    public void stop() {}

    /**
     * Deploys the bundle in a file.
     *
     * @param upload read to its end, not closed
     * @throws OpsException ARCHIVE_TOO_LARGE, INVALID_ARCHIVE, INVALID_BUNDLE for what is wrong with the file,
     *     BUNDLE_EXISTS, VERSION_CONFLICT for what the mode does not allow, RUNTIME_UNAVAILABLE, RELEASE_CONFLICT,
     *     STORE_FAILED
     */
    public Deployed deploy(InputStream upload, DeployRequest request) {
        DeployedVersion added = store(upload, new Intake.Wanted(request.naming(), request.runtime()));
        Change deploy = new Change.Deploy(added, true, request.mode());
        Published published = apply(List.of(deploy), ReleaseRequest.of(request.by(), request.reason()));
        return new Deployed(added.version(), published.release(), published.changed());
    }

    private DeployedVersion store(InputStream upload, Intake.Wanted wanted) {
        try (Intake intake = intake()) {
            intake.receive(NAMELESS, upload);
            return requireNonNull(intake.store(Map.of(NAMELESS, wanted)).get(NAMELESS));
        }
    }

    /**
     * Opens for the files of a request.
     *
     * @throws OpsException STORE_FAILED
     */
    public Intake intake() {
        directories.refuseSeparated();
        try {
            List<BundleVersion> deployed = releases.current().versions().stream()
                    .map(DeployedVersion::version)
                    .toList();
            return new Intake(staging, incoming.open(), deployed);
        } catch (IOException e) {
            throw staging.failed(e);
        }
    }

    /**
     * Makes a release with changes: all of them, or none.
     *
     * @throws OpsException BUNDLE_EXISTS, VERSION_CONFLICT, VERSION_PINNED, BUNDLE_NOT_FOUND, DEPENDENCY_UNSATISFIED for what the current release
     *     does not allow, with the bundles in the message; RELEASE_CHANGED, RELEASE_CONFLICT, STORE_FAILED
     */
    public Published apply(List<Change> changes, ReleaseRequest request) {
        refuseOtherContent(changes);
        ReleaseChange whole = Pinning.of(changes, new Changes(changes, settings.keptVersions()), staging::dependencies);
        ready(whole);
        Published published = releases.publish(request, ReleaseRequest.activated(changes), whole);
        if (request.dryRun()) {
            return published;
        }
        for (Change change : changes) {
            LOG.info(
                    "change={} release={} changed={}",
                    Quoted.text(change.description()),
                    published.release().number(),
                    published.changed());
        }
        tell();
        return published;
    }

    /**
     * Takes a bundle away; its versions stay in the store.
     *
     * @return the release without it
     * @throws OpsException BUNDLE_NOT_FOUND when it is not deployed, VERSION_PINNED, RELEASE_CONFLICT, STORE_FAILED
     */
    public Release undeploy(String name, String by, String reason) {
        return apply(List.of(new Change.Retire(name, Optional.empty())), ReleaseRequest.of(by, reason))
                .release();
    }

    /**
     * What an older release has may never have been prepared for a runtime as it is now. That takes long, so it is done
     * before the release is made; if that is on top of another one then, what is still missing is made later.
     */
    private void ready(ReleaseChange changes) {
        Map<String, DeployedBundle> before = releases.current().bundles();
        Map<String, DeployedBundle> after;
        try {
            after = changes.apply(before);
        } catch (OpsException e) {
            LOG.debug("what is wrong is told when the release is made", e);
            return;
        }
        staging.ready(before, after);
    }

    private void refuseOtherContent(List<Change> changes) {
        Refusals refusals = new Refusals();
        for (Change change : changes) {
            if (change instanceof Change.Deploy deploy && deploy.mode() == DeployMode.UPGRADE) {
                BundleVersion version = deploy.added().version();
                refusals.collect(() -> {
                    refuseOtherContent(version);
                    return version;
                });
            }
        }
        refusals.throwIfAny();
    }

    /** A version that was in a release keeps its content. One that only reached the store was never seen by anyone. */
    private void refuseOtherContent(BundleVersion version) {
        String name = version.name().text();
        String text = version.version().text();
        boolean isCurrent = deployed(releases.current(), name, text).equals(Optional.of(version));
        if (isCurrent || !storeHoldsOther(version)) {
            return;
        }
        for (Release release : releases.history()) {
            deployed(release, name, text).ifPresent(old -> Change.Deploy.refuseOtherContent(old, version));
        }
    }

    private static Optional<BundleVersion> deployed(Release release, String name, String version) {
        return release.deployed(name).flatMap(bundle -> bundle.exactly(version)).map(DeployedVersion::version);
    }

    private boolean storeHoldsOther(BundleVersion version) {
        try {
            return store.holdsOther(version);
        } catch (IOException e) {
            throw staging.failed(e);
        }
    }

    /** The change stands whatever listeners do, so their trouble is not the deployer's. */
    private void tell() {
        try {
            watcher.check();
        } catch (OpsException e) {
            LOG.warn("the listeners hear of the release only at the next look", e);
        }
    }
}
