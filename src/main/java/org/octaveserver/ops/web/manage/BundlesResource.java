package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Change;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployRequest;
import org.octaveserver.ops.bundle.Deployed;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.web.edge.AccessFilter;

/** What is deployed: see, deploy, take away. Thread-safe. */
@Path("api/v1/bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundlesResource {
    private final Deployer deployer;
    private final Releases releases;

    public BundlesResource(Deployer deployer, Releases releases) {
        this.deployer = deployer;
        this.releases = releases;
    }

    /** The answer to a deployment. */
    record DeployAnswer(
            String name, String version, String digest, long release, List<String> exports, boolean changed) {}

    /** One deployed bundle: its default version, and all of them. */
    record Bundle(
            String name,
            String version,
            String digest,
            List<String> exports,
            String deployed,
            List<ReleaseView.VersionView> versions) {}

    /** All that is deployed. */
    record Bundles(long release, List<Bundle> bundles) {}

    /** The answer to taking a bundle away. */
    record Undeployed(String name, long release) {}

    @GET
    public Bundles list() {
        Release current = releases.current();
        return new Bundles(
                current.number(),
                current.bundles().values().stream().map(BundlesResource::bundle).toList());
    }

    /**
     * Deploys the bundle file that the body is.
     *
     * @param replace whether a deployed version may get other content
     * @param name the bundle's name when the file itself names none
     * @param reason why, for the release's record
     * @param runtime the id of the runtime to deploy to; absent: what the bundle fits decides
     */
    @POST
    public Response deploy(
            InputStream body,
            @QueryParam("replace") @DefaultValue("false") boolean replace,
            @QueryParam("name") @Nullable String name,
            @QueryParam("reason") @DefaultValue("") String reason,
            @QueryParam("runtime") @Nullable String runtime,
            @Context ContainerRequestContext context) {
        DeployRequest request = new DeployRequest(
                AccessFilter.principal(context).name(),
                reason,
                replace ? DeployMode.REPLACE : DeployMode.UPGRADE,
                name == null ? BundleNaming.BY_FILE : BundleNaming.byDefault(name),
                Optional.ofNullable(runtime));
        Deployed deployed = deployer.deploy(body, request);
        BundleVersion version = deployed.version();
        return Response.status(deployed.changed() ? Response.Status.CREATED : Response.Status.OK)
                .entity(new DeployAnswer(
                        version.name().text(),
                        version.version().toString(),
                        version.digest(),
                        deployed.release().number(),
                        exports(version),
                        deployed.changed()))
                .build();
    }

    /**
     * Takes a bundle away, or one version of it. Calls that run go on.
     *
     * @param bundle {@code name} or {@code name@version}
     */
    @DELETE
    @Path("{bundle}")
    public Undeployed undeploy(
            @PathParam("bundle") String bundle,
            @QueryParam("reason") @DefaultValue("") String reason,
            @Context ContainerRequestContext context) {
        PlannedChange.Retire retired = ReleasePlan.retire(bundle);
        ReleaseRequest request =
                ReleaseRequest.of(AccessFilter.principal(context).name(), reason);
        return new Undeployed(
                bundle,
                deployer.apply(List.of(new Change.Retire(retired.name(), retired.version())), request)
                        .release()
                        .number());
    }

    private static Bundle bundle(DeployedBundle bundle) {
        BundleVersion version = bundle.byDefault().version();
        return new Bundle(
                version.name().text(),
                version.version().toString(),
                version.digest(),
                exports(version),
                version.stored().toString(),
                ReleaseView.BundleView.of(bundle).versions());
    }

    private static List<String> exports(BundleVersion version) {
        return List.copyOf(version.functions().keySet());
    }
}
