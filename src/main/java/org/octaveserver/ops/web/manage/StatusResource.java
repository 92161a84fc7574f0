package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.autodeploy.AutoDeployer;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.pool.PoolFigures;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.NativeModules;
import org.octaveserver.ops.worker.Sandbox;

/** How the server is doing, for an operator. Thread-safe. */
@Path("api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
    private final ServerIdentity identity;
    private final Routing routing;
    private final Octaves octaves;
    private final WorkerPool pool;
    private final Supplier<Optional<AutoDeployer.Status>> autoDeploy;

    /**
     * What does not change while the server runs.
     *
     * @param version of OPS
     * @param home $OPS_HOME
     */
    public record ServerIdentity(String version, String home) {}

    /**
     * The Octave installations.
     *
     * @param modules what their native workers need
     * @param sandbox the walls around their workers
     */
    public record Octaves(Runtimes runtimes, NativeModules modules, Sandbox sandbox) {}

    /**
     * The status of these parts.
     *
     * @param autoDeploy of the hot-deploy folder, if there is one
     */
    public StatusResource(
            ServerIdentity identity,
            Routing routing,
            Octaves octaves,
            WorkerPool pool,
            Supplier<Optional<AutoDeployer.Status>> autoDeploy) {
        this.identity = identity;
        this.routing = routing;
        this.octaves = octaves;
        this.pool = pool;
        this.autoDeploy = autoDeploy;
    }

    /** The workers of this node, and how many were let go since the start, for each reason. */
    record Workers(int limit, int running, int busy, int starting, int waiting, Map<String, Long> recycled) {}

    /** A version that this node makes for a runtime: PREPARING, or FAILED; then it is tried again when it is called. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preparing(
            String bundle,
            String runtime,
            String state,
            @Nullable String problem) {}

    /** What is prepared, and which release is routed to after that, if one waits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preparation(@Nullable Long release, List<Preparing> versions) {}

    /** One file of the hot-deploy folder. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AutoDeployFile(
            String file,
            String state,
            @Nullable String bundle,
            @Nullable String problem) {}

    /** The hot-deploy folder. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AutoDeploy(String directory, @Nullable String problem, List<AutoDeployFile> files) {}

    /** The whole. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String version,
            String home,
            long release,
            int bundles,
            List<RuntimeView> runtimes,
            Workers workers,
            @Nullable Preparation preparation,
            @Nullable AutoDeploy autoDeploy) {}

    @GET
    public Status status() {
        return new Status(
                identity.version(),
                identity.home(),
                routing.release().number(),
                routing.release().bundles().size(),
                octaves.runtimes().statuses().stream()
                        .map(status -> RuntimeView.of(
                                status,
                                octaves.runtimes().defaultId(),
                                octaves.modules().module(status.id()),
                                octaves.sandbox().state(status.command())))
                        .toList(),
                workers(),
                preparation(),
                autoDeploy.get().map(StatusResource::autoDeploy).orElse(null));
    }

    private Workers workers() {
        PoolFigures figures = pool.figures();
        Map<String, Long> recycled = new TreeMap<>();
        pool.recycled().forEach((reason, count) -> recycled.put(reason.name().toLowerCase(Locale.ROOT), count));
        return new Workers(
                figures.limit(), figures.running(), figures.busy(), figures.starting(), figures.waiting(), recycled);
    }

    private @Nullable Preparation preparation() {
        Long awaited = routing.awaited().map(Release::number).orElse(null);
        List<Preparing> versions = routing.preparation().stream()
                .map(one -> new Preparing(
                        one.version(),
                        one.runtime(),
                        one.running() ? "PREPARING" : "FAILED",
                        one.failure().orElse(null)))
                .toList();
        return awaited == null && versions.isEmpty() ? null : new Preparation(awaited, versions);
    }

    private static AutoDeploy autoDeploy(AutoDeployer.Status status) {
        return new AutoDeploy(
                status.directory(),
                status.problem().orElse(null),
                status.files().stream()
                        .map(file -> new AutoDeployFile(
                                file.file(),
                                file.state(),
                                file.bundle().orElse(null),
                                file.problem().orElse(null)))
                        .toList());
    }
}
