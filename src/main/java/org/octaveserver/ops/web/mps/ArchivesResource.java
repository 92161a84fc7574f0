package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployRequest;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.AccessFilter;
import org.octaveserver.ops.web.edge.Needs;

/**
 * Deployment as MPS's clients do it (MPS RESTful API, "Archive Management"): an archive is a bundle, its version is
 * whatever the file says. Thread-safe.
 */
@Path("api/archives")
@Produces(MediaType.APPLICATION_JSON)
public final class ArchivesResource {
    private static final String REASON = "/api/archives";

    private final ArchiveSettings settings;
    private final Deployer deployer;
    private final Releases releases;

    public ArchivesResource(ArchiveSettings settings, Deployer deployer, Releases releases) {
        this.settings = settings;
        this.deployer = deployer;
        this.releases = releases;
    }

    /**
     * One archive.
     *
     * @param result whether it is deployed
     */
    @JsonPropertyOrder({"archive", "result"})
    record Archive(String archive, boolean result) {}

    /** Whether one archive is deployed, or a list of all that are. */
    @GET
    @Needs(Access.CALL)
    public Object archives(@QueryParam("ctf") @Nullable String ctf) {
        checkEnabled();
        var bundles = releases.current().bundles();
        if (ctf == null) {
            return bundles.keySet().stream()
                    .map(name -> new Archive(name, true))
                    .toList();
        }
        return new Archive(ctf, bundles.containsKey(ctf));
    }

    /** Deploys an archive that is not deployed. */
    @POST
    public Archive add(
            InputStream body,
            @QueryParam("ctf") @Nullable String ctf,
            @Context HttpServletRequest http,
            @Context ContainerRequestContext context) {
        return deploy(body, named(ctf), DeployMode.ADD, http, context);
    }

    /** Deploys an archive, in the place of the one that has its name. */
    @PUT
    public Archive replace(
            InputStream body,
            @QueryParam("ctf") @Nullable String ctf,
            @Context HttpServletRequest http,
            @Context ContainerRequestContext context) {
        return deploy(body, named(ctf), DeployMode.REPLACE_ALL, http, context);
    }

    /** Takes an archive away. */
    @DELETE
    public Archive remove(@QueryParam("ctf") @Nullable String ctf, @Context ContainerRequestContext context) {
        String name = named(ctf);
        deployer.undeploy(name, AccessFilter.principal(context).name(), REASON);
        return new Archive(name, false);
    }

    private Archive deploy(
            InputStream body, String name, DeployMode mode, HttpServletRequest http, ContainerRequestContext context) {
        if (http.getContentLengthLong() < 0) {
            throw new OpsException(
                    ErrorCode.LENGTH_REQUIRED, "an archive is sent with its Content-Length, not in chunks");
        }
        String by = AccessFilter.principal(context).name();
        Intake.Wanted wanted = Intake.Wanted.of(BundleNaming.exactly(name));
        deployer.deploy(body, new DeployRequest(ReleaseRequest.of(by, REASON), mode, wanted));
        return new Archive(name, true);
    }

    private String named(@Nullable String ctf) {
        checkEnabled();
        if (ctf == null || ctf.isEmpty()) {
            throw new OpsException(ErrorCode.INVALID_INPUT, "the parameter ctf is missing; it names the archive");
        }
        return ctf;
    }

    private void checkEnabled() {
        if (!settings.enabled()) {
            throw new OpsException(ErrorCode.ARCHIVES_DISABLED, "the setting ops.archives.enabled is false");
        }
    }
}
