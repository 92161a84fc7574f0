package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Deploys bundles and takes them away. Either leads to a new release with the change, or fails and changes nothing that
 * callers see; a failure leaves nothing in {@code incoming/}, a crash only what is removed later. Thread-safe, also
 * between nodes; methods block on the disk, on the upload and on the inspector.
 */
public final class Deployer implements Managed {
    private static final Logger LOG = LogManager.getLogger(Deployer.class);

    /** Where there is one file, its sender knows which. */
    private static final String NAMELESS = "";

    /** Each but the first means that another deployer changed meanwhile what had been tried. */
    private static final int MOST_TRIALS = 100;

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

    /**
     * Removes what deployments of earlier processes left, where no other node may be at work (else {@link StoreKeeper}
     * does, when it is old enough), and completes a switch that one of them began.
     */
    @Override
    public void start() {
        try {
            // A directory that cannot be made is told now, and not with the first deployment.
            incoming.create();
            if (!settings.isShared()) {
                incoming.clear();
            }
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

    /**
     * Checks and stores the bundle in a file; callers see nothing of it until a change deploys it.
     *
     * @param upload read to its end, not closed
     * @throws OpsException as {@link #deploy} says of the file
     */
    public DeployedVersion store(InputStream upload, Intake.Wanted wanted) {
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
     *     does not allow, with the bundles in the message; INVALID_BUNDLE, SMOKE_CALL_FAILED, BUILD_FAILED for a version that
     *     does not work with what the release would give it; RELEASE_CHANGED, RELEASE_CONFLICT, STORE_FAILED
     */
    public Published apply(List<Change> changes, ReleaseRequest request) {
        refuseOtherContent(changes);
        ReleaseChange whole = Pinning.of(changes, new Changes(changes, settings.keptVersions()), staging::dependencies);
        TriedChange tried = new TriedChange(whole, staging.trials());
        Published published = publish(request, ReleaseRequest.activated(changes), tried);
        if (request.dryRun()) {
            return published;
        }
        tellElsewhere(tried.elsewhere(), published);
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

    private static void tellElsewhere(List<String> versions, Published published) {
        if (!versions.isEmpty()) {
            LOG.warn(
                    "release={} this server has not got the runtime of {}; they can be called on other servers only",
                    published.release().number(),
                    String.join(", ", versions));
        }
    }

    /** Trials happen between two attempts: while they last, other deployers need not wait. */
    private Published publish(ReleaseRequest request, OptionalLong activated, TriedChange change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return releases.publish(request, activated, change);
            } catch (OpsException e) {
                if (attempt == MOST_TRIALS || !change.hasTried()) {
                    throw e;
                }
            }
        }
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
