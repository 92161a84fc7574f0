package org.octaveserver.ops.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.octaveserver.ops.bundle.BundleSettings;
import org.octaveserver.ops.bundle.BundleStoreSettings;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.DeploymentObserver;
import org.octaveserver.ops.bundle.OctaveSteps;
import org.octaveserver.ops.bundle.ReleaseSignatures;
import org.octaveserver.ops.bundle.ReleaseWatcher;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.bundle.Retention;
import org.octaveserver.ops.bundle.Staging;
import org.octaveserver.ops.bundle.Store;
import org.octaveserver.ops.bundle.StoreKeeper;
import org.octaveserver.ops.bundle.TreeMaker;
import org.octaveserver.ops.bundle.UnpackLimits;
import org.octaveserver.ops.bundle.Uses;
import org.octaveserver.ops.bundle.WorkerInspector;
import org.octaveserver.ops.bundle.WorkerInstaller;
import org.octaveserver.ops.bundle.WorkerSmoke;
import org.octaveserver.ops.bundle.autodeploy.AutoDeploySettings;
import org.octaveserver.ops.bundle.autodeploy.AutoDeployer;
import org.octaveserver.ops.bundle.autodeploy.StoreTarget;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.job.OpenVersions;
import org.octaveserver.ops.lifecycle.Lifecycle;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.settings.Settings;
import org.octaveserver.ops.settings.SettingsException;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.LimitSettings;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSettings;

/**
 * The part of the composition root that the store of bundles is.
 *
 * @param bundles its settings
 * @param making how versions are made
 * @param releases what callers see
 */
record BundleWiring(
        Settings settings,
        BundleSettings bundles,
        Staging.Making making,
        Store store,
        Releases releases,
        DeploymentObserver observer) {
    /** The store; nothing is at work in it yet. */
    static BundleWiring of(Settings settings, OpsHome home, WorkerLauncher launcher, DeploymentObserver observer) {
        BundleSettings bundles = bundleSettings(settings, home);
        OctaveSteps octave = octave(settings.of(BundleStoreSettings.class), launcher);
        Store store = new Store(bundles.root());
        return new BundleWiring(
                settings,
                bundles,
                new Staging.Making(octave, new TreeMaker(bundles, octave)),
                store,
                new Releases(bundles.root(), store, InstantSource.system(), observer),
                observer);
    }

    /** What the web faces need of it. */
    record Deploying(Deployer deployer, Releases releases, ReleaseSignatures signatures) {
        /** The hot-deploy folder begins last: what it deploys needs all the rest. */
        Supplier<Optional<AutoDeployer.Status>> autoDeploy(Settings settings, OpsHome home, Lifecycle lifecycle) {
            AutoDeploySettings wanted = settings.of(AutoDeploySettings.class);
            if (!wanted.enabled()) {
                return Optional::empty;
            }
            AutoDeployer deploying = lifecycle.add(new AutoDeployer(
                    wanted.directory().orElse(home.autoDeploy()),
                    wanted.interval(),
                    new StoreTarget(deployer, releases),
                    home.autoDeployLedger()));
            return () -> Optional.of(deploying.status());
        }
    }

    /**
     * Adds what deploys and collects to the lifecycle.
     *
     * @param labels the ids of versions that workers have
     * @param jobs what open jobs need
     */
    Deploying deploying(
            Lifecycle lifecycle, Runtimes runtimes, Routing routing, Supplier<Set<String>> labels, OpenVersions jobs) {
        BundleStoreSettings wanted = settings.of(BundleStoreSettings.class);
        ReleaseWatcher watcher = new ReleaseWatcher(releases, bundles.pollInterval());
        watcher.listen(routing);
        Staging staging = new Staging(bundles, store, making, runtimes, InstantSource.system(), observer);
        Deployer deployer = lifecycle.add(new Deployer(bundles, staging, store, releases, watcher));
        lifecycle.add(watcher);
        lifecycle.add(new StoreKeeper(
                bundles,
                store,
                releases,
                Retention.of(wanted.keepReleases(), wanted.keepReleasesFor(), bundles),
                () -> new StoreKeeper.InUse(routing.release(), new Uses(labels.get(), Set.of()).and(jobs.get()))));
        return new Deploying(deployer, releases, new ReleaseSignatures(store));
    }

    private static OctaveSteps octave(BundleStoreSettings wanted, WorkerLauncher launcher) {
        return new OctaveSteps(
                new WorkerInstaller(
                        launcher, wanted.buildTimeout(), wanted.buildOutput().intBytes()),
                new WorkerInspector(launcher, wanted.inspectionTimeout()),
                new WorkerSmoke(launcher, wanted.smokeTimeout()));
    }

    private static BundleSettings bundleSettings(Settings settings, OpsHome home) {
        BundleStoreSettings wanted = settings.of(BundleStoreSettings.class);
        UnpackLimits unpack = new UnpackLimits(
                wanted.maxEntries(),
                wanted.maxUnpackedSize().bytes(),
                wanted.maxRatio(),
                UnpackLimits.DEFAULT.freeBytes());
        return new BundleSettings(
                wanted.directory().orElse(home.bundles()),
                wanted.maxUploadSize().bytes(),
                unpack,
                wanted.pollInterval(),
                // A store of one's own, whose home is locked, has no other node at work in it.
                wanted.directory().isPresent() ? incomingKept(wanted) : Duration.ZERO,
                wanted.keepVersions(),
                LimitPolicy.of(settings.of(LimitSettings.class), settings.of(WorkerSettings.class)));
    }

    /** Octave may be at work for so long without writing anything; who sweeps must not take that for the end. */
    private static Duration incomingKept(BundleStoreSettings wanted) {
        Duration silent = wanted.buildTimeout().plus(wanted.inspectionTimeout()).plus(wanted.smokeTimeout());
        if (wanted.incomingKept().compareTo(silent) <= 0) {
            throw new SettingsException(List.of("ops.bundles.incoming-kept is " + wanted.incomingKept()
                    + "; it must be longer than ops.bundles.build-timeout, ops.bundles.inspection-timeout and"
                    + " ops.bundles.smoke-timeout together (" + silent + "), or deployments of other nodes would be"
                    + " removed while they go on"));
        }
        return wanted.incomingKept();
    }
}
