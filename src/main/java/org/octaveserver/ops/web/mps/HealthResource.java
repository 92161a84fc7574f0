package org.octaveserver.ops.web.mps;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.Needs;

/** Whether calls can be answered (MPS RESTful API, "GET Server Health"): no detail, no credentials. Thread-safe. */
@Path("api/health")
@Needs(Access.OPEN)
public final class HealthResource {
    private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);

    private final Runtimes runtimes;

    public HealthResource(Runtimes runtimes) {
        this.runtimes = runtimes;
    }

    /**
     * 200, or 503 with an empty body while the default runtime is not there. Whether the others are is told by the status:
     * a server that lacks one of several still has work to do, and a load balancer must not take it away.
     */
    @GET
    public Response health() {
        if (runtimes.status().runtime().isEmpty()) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
        return Response.ok(OK, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
