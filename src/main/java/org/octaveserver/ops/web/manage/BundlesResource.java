package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleReference;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Change;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.bundle.Published;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.runtime.Runtimes;

/** What is deployed: see, deploy, take away. Thread-safe. */
@Path("api/v1/bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundlesResource {
    private final Deployer deployer;
    private final Releases releases;
    private final Runtimes runtimes;

    public BundlesResource(Deployer deployer, Releases releases, Runtimes runtimes) {
        this.deployer = deployer;
        this.releases = releases;
        this.runtimes = runtimes;
    }

    /** The answer to a deployment. */
    record DeployAnswer(
            String name,
            String version,
            String digest,
            long release,
            List<String> exports,
            boolean changed,
            boolean dryRun) {}

    /** One deployed bundle: its default version, and all of them. */
    record Bundle(
            String name,
            String version,
            String digest,
            List<String> exports,
            String deployed,
            List<ReleaseView.VersionView> versions) {}

    /**
     * All that is deployed.
     *
     * @param runtimes the ids of those that are registered, the default one first
     */
    record Bundles(long release, List<String> runtimes, List<Bundle> bundles) {}

    /** The answer to taking a bundle away. */
    record Undeployed(String name, long release, boolean dryRun) {}

    @GET
    public Bundles list() {
        Release current = releases.current();
        return new Bundles(
                current.number(),
                runtimes.ids(),
                current.bundles().values().stream().map(BundlesResource::bundle).toList());
    }

    /**
     * Deploys the bundle file that the body is.
     *
     * @param replace whether a deployed version may get other content
     * @param name the bundle's name when the file itself names none
     * @param reason why, for the release's record
     * @param runtime the id of the runtime to deploy to; absent: what the bundle fits decides
     * @param parameters dry run and the release that must be current
     */
    @POST
    public Response deploy(
            InputStream body,
            @QueryParam("replace") @DefaultValue("false") boolean replace,
            @QueryParam("name") @Nullable String name,
            @QueryParam("reason") @DefaultValue("") String reason,
            @QueryParam("runtime") @Nullable String runtime,
            @BeanParam ReleaseParameters parameters) {
        ReleaseRequest request = parameters.request(reason);
        BundleNaming naming = name == null ? BundleNaming.BY_FILE : BundleNaming.byDefault(name);
        DeployedVersion added = deployer.store(body, new Intake.Wanted(naming, Optional.ofNullable(runtime)));
        Change deploy = new Change.Deploy(added, true, replace ? DeployMode.REPLACE : DeployMode.UPGRADE);
        Published published = deployer.apply(List.of(deploy), request);
        BundleVersion version = added.version();
        boolean created = published.changed() && !request.dryRun();
        return answer(
                created ? Response.Status.CREATED : Response.Status.OK,
                published,
                new DeployAnswer(
                        version.name().text(),
                        version.version().toString(),
                        version.digest(),
                        published.release().number(),
                        exports(version),
                        published.changed(),
                        request.dryRun()));
    }

    /**
     * Takes a bundle away, or one version of it. Calls that run go on.
     *
     * @param bundle {@code name} or {@code name@version}
     * @param parameters dry run and the release that must be current
     */
    @DELETE
    @Path("{bundle}")
    public Response undeploy(
            @PathParam("bundle") String bundle,
            @QueryParam("reason") @DefaultValue("") String reason,
            @BeanParam ReleaseParameters parameters) {
        ReleaseRequest request = parameters.request(reason);
        BundleReference retired = BundleReference.parse(bundle);
        Published published = deployer.apply(List.of(new Change.Retire(retired.name(), retired.version())), request);
        return answer(
                Response.Status.OK,
                published,
                new Undeployed(bundle, published.release().number(), request.dryRun()));
    }

    private static Response answer(Response.Status status, Published published, Object entity) {
        return Response.status(status)
                .header(HttpHeaders.ETAG, EntityTags.of(published.release().number()))
                .entity(entity)
                .build();
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
