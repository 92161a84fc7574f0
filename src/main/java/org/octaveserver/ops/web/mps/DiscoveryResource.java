package org.octaveserver.ops.web.mps;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.ReleaseSignatures;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.Needs;

/**
 * Which functions may be called, and how (MPS RESTful API, "GET Discovery Information"). Other than MPS, OPS also lists
 * functions that no file of signatures describes. Thread-safe.
 */
@Path("api/discovery")
@Needs(Access.CALL)
public final class DiscoveryResource {
    private final Routing routing;
    private final ReleaseSignatures signatures;
    private final Runtimes runtimes;
    private final DiscoverySettings settings;
    private final DiscoveryWriter writer = new DiscoveryWriter();

    public DiscoveryResource(
            Routing routing, ReleaseSignatures signatures, Runtimes runtimes, DiscoverySettings settings) {
        this.routing = routing;
        this.signatures = signatures;
        this.runtimes = runtimes;
        this.settings = settings;
    }

    /** All bundles that calls can go to now. */
    @GET
    public Response discover() throws IOException {
        if (!settings.enabled()) {
            throw new OpsException(
                    ErrorCode.DISCOVERY_DISABLED, "discovery is switched off (setting ops.discovery.enabled)");
        }
        Release release = routing.release();
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        writer.write(release, signatures.of(release), octaveVersion(runtimes.status()), body);
        return Response.ok(body.toByteArray(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** What a runtime said of itself, or empty while there is none: what is deployed can be told all the same. */
    private static String octaveVersion(RuntimeStatus status) {
        return status.runtime().map(OctaveRuntime::version).orElse("");
    }
}
