package org.octaveserver.ops.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleStoreSettings;
import org.octaveserver.ops.bundle.DeploymentObserver;
import org.octaveserver.ops.bundle.TreePreparer;
import org.octaveserver.ops.bundle.autodeploy.AutoDeploySettings;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallSettings;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.call.RunningCalls;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.JobSettings;
import org.octaveserver.ops.job.OpenVersions;
import org.octaveserver.ops.job.callback.CallbackSettings;
import org.octaveserver.ops.lifecycle.Lifecycle;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.lifecycle.WorkThreads;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.RuntimeSettings;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.security.AccessPolicy;
import org.octaveserver.ops.security.AdminToken;
import org.octaveserver.ops.security.SecuritySettings;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.settings.Settings;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.stats.BundleMetrics;
import org.octaveserver.ops.stats.CallMeter;
import org.octaveserver.ops.store.JobStoreSettings;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.CorsPolicy;
import org.octaveserver.ops.web.edge.GoneClients;
import org.octaveserver.ops.web.edge.HeldBytes;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.manage.BundlesResource;
import org.octaveserver.ops.web.manage.CallsResource;
import org.octaveserver.ops.web.manage.ReleasesResource;
import org.octaveserver.ops.web.manage.RuntimesResource;
import org.octaveserver.ops.web.manage.StatusResource;
import org.octaveserver.ops.web.manage.WorkersResource;
import org.octaveserver.ops.web.mps.ArchiveSettings;
import org.octaveserver.ops.web.mps.ArchivesResource;
import org.octaveserver.ops.web.mps.CallEndpoint;
import org.octaveserver.ops.web.mps.CallFilter;
import org.octaveserver.ops.web.mps.DiscoveryResource;
import org.octaveserver.ops.web.mps.DiscoverySettings;
import org.octaveserver.ops.web.mps.HealthResource;
import org.octaveserver.ops.web.mps.MetricsResource;
import org.octaveserver.ops.web.mps.MetricsSettings;
import org.octaveserver.ops.web.mps.SharedParts;
import org.octaveserver.ops.web.mps.route.FileFilter;
import org.octaveserver.ops.web.mps.route.HandlerCalls;
import org.octaveserver.ops.web.mps.route.RequestRouter;
import org.octaveserver.ops.web.mps.route.RouteFilter;
import org.octaveserver.ops.web.mps.route.RoutedResource;
import org.octaveserver.ops.web.mps.route.ServerRoutes;
import org.octaveserver.ops.worker.LauncherParts;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.LimitSettings;
import org.octaveserver.ops.worker.LimitWatch;
import org.octaveserver.ops.worker.NativeLauncher;
import org.octaveserver.ops.worker.NativeModules;
import org.octaveserver.ops.worker.PortableLauncher;
import org.octaveserver.ops.worker.Sandbox;
import org.octaveserver.ops.worker.SandboxSettings;
import org.octaveserver.ops.worker.ScratchDirectories;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSettings;

/** The composition root: turns settings into objects and wires them. Nothing else in OPS makes a part of another. */
public final class OpsServer {
    /** The settings of all features. */
    public static final List<Class<?>> SETTINGS = List.of(
            HttpSettings.class,
            RuntimeSettings.class,
            WorkerSettings.class,
            LimitSettings.class,
            SandboxSettings.class,
            PoolSettings.class,
            CallSettings.class,
            JobSettings.class,
            JobStoreSettings.class,
            CallbackSettings.class,
            BundleStoreSettings.class,
            SecuritySettings.class,
            ArchiveSettings.class,
            MetricsSettings.class,
            DiscoverySettings.class,
            AutoDeploySettings.class);

    private static final Logger LOG = LogManager.getLogger(OpsServer.class);
    /** Values take about as much again as the texts that they were read from. */
    private static final long HEAP_PART_HELD = 4;

    private final OpsHome home;
    private final Settings settings;
    private final Lifecycle lifecycle = new Lifecycle();
    private final CorsPolicy cors;
    private final Watchdog watchdog;
    private final WebApplication.Web web;

    private OpsServer(
            OpsHome home,
            Settings settings,
            Path octaveCode,
            Map<String, String> environment,
            DeploymentObserver observer) {
        this.home = home;
        this.settings = settings;
        this.cors = CorsPolicy.of(settings.of(HttpSettings.class).corsAllowedOrigins());
        home.create();
        lifecycle.add(new HomeLock(home));
        this.watchdog = lifecycle.add(new Watchdog());
        Runtimes runtimes = new Runtimes(settings.of(RuntimeSettings.class));
        LauncherParts parts = launcherParts(octaveCode, environment);
        WorkerLauncher portable = new WatchfulLauncher(new PortableLauncher(parts), runtimes);
        NativeModules modules = lifecycle.add(
                new NativeModules(settings.of(WorkerSettings.class), home.runtimes(), octaveCode, portable));
        runtimes.listen(parts.sandbox()::runtimeChanged);
        runtimes.listen(modules::runtimeChanged);
        WorkerPool pool = pool(parts, modules, runtimes);
        BundleWiring stored = BundleWiring.of(settings, home, portable, observer);
        Routing routing = new Routing(
                pool,
                runtimes,
                lifecycle.add(new TreePreparer(stored.making().maker())),
                limits(),
                stored.releases()::release);
        runtimes.listen(routing::runtimeChanged);
        lifecycle.add(runtimes);
        BundleMetrics reported = new BundleMetrics();
        CallMeter meter = new CallMeter(System::nanoTime, reported);
        RunningCalls running = new RunningCalls(InstantSource.system());
        CallService calls = new CallService(
                settings.of(CallSettings.class),
                limits(),
                pool,
                routing,
                new CallService.CallTracking(meter, running),
                watchdog);
        this.web = served(
                new CallParts(runtimes, modules, parts.sandbox(), pool, routing, calls, running, meter, reported),
                stored);
    }

    /** The stores of jobs begin before the store of bundles, which asks what they need, and jobs themselves after it. */
    private WebApplication.Web served(CallParts parts, BundleWiring stored) {
        JobWiring.Kept kept = JobWiring.kept(settings, home, stored.bundles().root(), lifecycle);
        BundleWiring.Deploying bundles = stored.deploying(
                lifecycle,
                parts.runtimes(),
                parts.routing(),
                parts.pool()::labels,
                new OpenVersions(kept.stores().jobs()));
        JobWiring jobs = JobWiring.of(
                settings, home, kept, lifecycle, new JobWiring.Needs(parts.calls(), parts.pool(), watchdog));
        return web(parts, bundles, jobs);
    }

    private WorkerPool pool(LauncherParts parts, NativeModules modules, Runtimes runtimes) {
        return lifecycle.add(new WorkerPool(
                new WatchfulLauncher(
                        lifecycle.add(new NativeLauncher(parts, modules, new PortableLauncher(parts))), runtimes),
                settings.of(PoolSettings.class),
                settings.of(WorkerSettings.class).stopTimeout()));
    }

    /** What the web faces need of calls. */
    private record CallParts(
            Runtimes runtimes,
            NativeModules modules,
            Sandbox sandbox,
            WorkerPool pool,
            Routing routing,
            CallService calls,
            RunningCalls running,
            CallMeter meter,
            BundleMetrics reported) {}

    private WebApplication.Web web(CallParts parts, BundleWiring.Deploying bundles, JobWiring jobs) {
        HttpSettings http = settings.of(HttpSettings.class);
        AdminToken token = AdminToken.readOrCreate(home.adminToken(), new SecureRandom());
        AccessCheck access = new AccessCheck(new AccessPolicy(settings.of(SecuritySettings.class), token), cors);
        SharedParts shared = shared(http);
        JobFaces faces = JobFaces.of(
                jobs.service(), jobs.destinations()::check, new JobFaces.Needs(access, http, shared, lifecycle));
        return new WebApplication.Web(
                resources(access, parts, bundles, jobs.service())
                        .with(faces.resource())
                        .build(),
                new RouteFilter(router(parts.routing()), new HandlerCalls(parts.calls(), access, http, shared)),
                new CallFilter(
                        RouteFilter::isRouted, new CallEndpoint(parts.calls(), access, http, shared, faces.desk())),
                faces.filters(),
                cors);
    }

    /** What calls share that hold no thread. */
    private SharedParts shared(HttpSettings http) {
        long held =
                http.maxHeld().map(DataSize::bytes).orElse(Runtime.getRuntime().maxMemory() / HEAP_PART_HELD);
        return new SharedParts(
                lifecycle.add(new WorkThreads("large", Runtime.getRuntime().availableProcessors())),
                watchdog,
                lifecycle.add(new GoneClients()),
                new HeldBytes(held));
    }

    private WebFaces resources(AccessCheck access, CallParts parts, BundleWiring.Deploying bundles, JobService jobs) {
        return new WebFaces(access)
                .with(new HealthResource(parts.runtimes()))
                .with(new ArchivesResource(settings.of(ArchiveSettings.class), bundles.deployer(), bundles.releases()))
                .with(new MetricsResource(
                        settings.of(MetricsSettings.class),
                        new MetricsResource.Sources(
                                parts.meter(), parts.reported(), parts.pool(), parts.routing(), jobs::cancelled),
                        System::nanoTime))
                .with(new FileFilter())
                .with(new RoutedResource())
                .with(new DiscoveryResource(
                        parts.routing(), bundles.signatures(), parts.runtimes(), settings.of(DiscoverySettings.class)))
                .with(new BundlesResource(bundles.deployer(), bundles.releases(), parts.runtimes()))
                .with(new ReleasesResource(bundles.deployer(), bundles.releases(), parts.runtimes()))
                .with(new CallsResource(parts.running()))
                .with(new RuntimesResource(parts.runtimes(), parts.modules(), parts.sandbox()))
                .with(new WorkersResource(parts.pool()))
                .with(new StatusResource(
                        identity(),
                        parts.routing(),
                        new StatusResource.Octaves(parts.runtimes(), parts.modules(), parts.sandbox()),
                        parts.pool(),
                        bundles.autoDeploy(settings, home, lifecycle)));
    }

    private RequestRouter router(Routing routing) {
        RouteTable routes =
                ServerRoutes.read(settings.of(HttpSettings.class).routesFile(), home.conf(), home.adminToken());
        return new RequestRouter(routes, routing);
    }

    /**
     * Loads the settings and wires the parts; starts nothing.
     *
     * @param octaveCode the directory of the Octave code: {@code worker} and {@code package}
     * @param parameters settings that the container gives
     * @throws org.octaveserver.ops.settings.SettingsException when the settings cannot be used
     */
    public static OpsServer create(
            OpsHome home, Path octaveCode, Map<String, String> environment, Map<String, String> parameters) {
        return create(home, octaveCode, environment, parameters, DeploymentObserver.NONE);
    }

    /** The same, for those who want to see how far deployments come. */
    static OpsServer create(
            OpsHome home,
            Path octaveCode,
            Map<String, String> environment,
            Map<String, String> parameters,
            DeploymentObserver observer) {
        Settings settings = new SettingsLoader(SETTINGS).load(home.settingsFile(), environment, parameters);
        return new OpsServer(home, settings, octaveCode, environment, observer);
    }

    public void start() {
        lifecycle.start();
        LOG.info("OPS {} home={}", identity().version(), home.directory());
    }

    public void stop() {
        lifecycle.stop();
    }

    public <T> T settings(Class<T> mapping) {
        return settings.of(mapping);
    }

    /** What is served over HTTP. */
    WebApplication.Web web() {
        return web;
    }

    private LauncherParts launcherParts(Path octaveCode, Map<String, String> environment) {
        ScratchDirectories scratch = lifecycle.add(new ScratchDirectories(home.workers()));
        return new LauncherParts(
                settings.of(WorkerSettings.class),
                octaveCode,
                scratch,
                environment,
                watchdog,
                lifecycle.add(new LimitWatch()),
                new Sandbox(settings.of(SandboxSettings.class), octaveCode),
                new SecureRandom());
    }

    private LimitPolicy limits() {
        return LimitPolicy.of(settings.of(LimitSettings.class), settings.of(WorkerSettings.class));
    }

    private StatusResource.ServerIdentity identity() {
        String version =
                ResourceBundle.getBundle("org.octaveserver.ops.version").getString("version");
        return new StatusResource.ServerIdentity(version, home.directory().toString());
    }
}
