package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.pool.PoolFigures;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.runtime.Runtimes;

/** How the server is doing, for an operator. Thread-safe. */
@Path("api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
    private final ServerIdentity identity;
    private final Routing routing;
    private final Runtimes runtimes;
    private final WorkerPool pool;

    /**
     * What does not change while the server runs.
     *
     * @param version of OPS
     * @param home $OPS_HOME
     */
    public record ServerIdentity(String version, String home) {}

    public StatusResource(ServerIdentity identity, Routing routing, Runtimes runtimes, WorkerPool pool) {
        this.identity = identity;
        this.routing = routing;
        this.runtimes = runtimes;
        this.pool = pool;
    }

    /** One runtime. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuntimeState(
            String id,
            String command,
            String state,
            @Nullable String version,
            @Nullable String problem) {}

    /** The workers of this node. */
    record Workers(int limit, int running, int busy, int starting, int waiting) {}

    /** The whole. */
    record Status(
            String version, String home, long release, int bundles, List<RuntimeState> runtimes, Workers workers) {}

    @GET
    public Status status() {
        PoolFigures figures = pool.figures();
        return new Status(
                identity.version(),
                identity.home(),
                routing.release().number(),
                routing.release().bundles().size(),
                List.of(runtime(runtimes.status())),
                new Workers(figures.limit(), figures.running(), figures.busy(), figures.starting(), figures.waiting()));
    }

    private static RuntimeState runtime(RuntimeStatus status) {
        String command = String.join(" ", status.command());
        if (status instanceof RuntimeStatus.Available available) {
            return new RuntimeState(
                    status.id(), command, "READY", available.runtime().version(), null);
        }
        return new RuntimeState(
                status.id(), command, "UNAVAILABLE", null, status.problem().orElse(""));
    }
}
