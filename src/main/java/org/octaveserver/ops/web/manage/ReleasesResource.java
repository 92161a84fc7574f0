package org.octaveserver.ops.web.manage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Change;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.bundle.KeptRelease;
import org.octaveserver.ops.bundle.Published;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.ReleaseDiff;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.runtime.Runtimes;

/** The releases that are kept, and making new ones: many changes at once, or none of them. Thread-safe. */
@Path("api/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
public final class ReleasesResource {
    private final Deployer deployer;
    private final Releases releases;
    private final Runtimes runtimes;

    public ReleasesResource(Deployer deployer, Releases releases, Runtimes runtimes) {
        this.deployer = deployer;
        this.releases = releases;
        this.runtimes = runtimes;
    }

    /** One release of the list. */
    sealed interface Listed {}

    /** One release in short. */
    record Summary(@JsonUnwrapped ReleaseHead head, Map<String, String> bundles) implements Listed {}

    /** One that nobody can go back to, and why. */
    record Damaged(long number, String problem) implements Listed {}

    /** All kept releases, newest first, and which of them callers see. */
    record History(long current, List<Listed> releases) {}

    /**
     * The answer to a request for a release.
     *
     * @param changed false when the release before had all of it already
     * @param changes what was done
     * @param deployed the files of the request
     * @param runtimes the ids of those that are registered, the default one first
     * @param difference from the release before
     * @param bundles all that the release has
     */
    record Made(
            long number,
            long previous,
            boolean changed,
            boolean dryRun,
            List<String> changes,
            List<DeployedFile> deployed,
            List<String> runtimes,
            List<BundleDifference> difference,
            List<ReleaseView.BundleView> bundles) {}

    /** What a file of the request was found to be. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeployedFile(
            String file,
            String name,
            String version,
            String digest,
            @Nullable String runtime,
            List<String> exports) {
        static DeployedFile of(String file, DeployedVersion deployed) {
            BundleVersion version = deployed.version();
            return new DeployedFile(
                    file,
                    version.name().text(),
                    version.version().text(),
                    version.digest(),
                    deployed.runtime().orElse(null),
                    List.copyOf(version.functions().keySet()));
        }
    }

    /** How the release {@code to} differs from {@code from}. */
    record Difference(long from, long to, List<BundleDifference> bundles) {}

    @GET
    public Response list() {
        long current = releases.current().number();
        History history = new History(
                current, releases.kept().stream().map(ReleasesResource::listed).toList());
        return Response.ok(history)
                .header(HttpHeaders.ETAG, EntityTags.of(current))
                .build();
    }

    @GET
    @Path("{number: [0-9]{1,18}}")
    public Response release(@PathParam("number") long number) {
        return Response.ok(ReleaseView.of(releases.release(number)))
                .header(HttpHeaders.ETAG, EntityTags.of(number))
                .build();
    }

    @GET
    @Path("{from: [0-9]{1,18}}/diff/{to: [0-9]{1,18}}")
    public Difference difference(@PathParam("from") long from, @PathParam("to") long to) {
        ReleaseDiff diff = ReleaseDiff.between(releases.release(from), releases.release(to));
        return new Difference(from, to, BundleDifference.of(diff));
    }

    /**
     * Makes a release with all changes that the body names, or none. Files go to disk as they come.
     *
     * @param parameters dry run and the release that must be current
     */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    public Response make(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            @BeanParam ReleaseParameters parameters) {
        try (Intake intake = deployer.intake()) {
            ReleasePlan plan = ReleaseUpload.read(body, type, intake);
            ReleaseRequest request = parameters.request(plan.reason());
            Map<String, DeployedVersion> stored = intake.store(plan.files(intake.files()));
            return made(
                    plan.changes().stream()
                            .map(change -> change(change, stored))
                            .toList(),
                    stored,
                    request);
        }
    }

    /**
     * Makes a release with the content of an older one.
     *
     * @param number the older one
     * @param reason why, for the new release's record
     * @param parameters dry run and the release that must be current
     */
    @POST
    @Path("{number: [0-9]{1,18}}/activate")
    public Response activate(
            @PathParam("number") long number,
            @QueryParam("reason") @DefaultValue("") String reason,
            @BeanParam ReleaseParameters parameters) {
        Change back = new Change.RollBack(releases.release(number), Optional.empty());
        return made(List.of(back), Map.of(), parameters.request(reason));
    }

    private Response made(List<Change> changes, Map<String, DeployedVersion> stored, ReleaseRequest request) {
        Published published = deployer.apply(changes, request);
        ReleaseView release = ReleaseView.of(published.release());
        boolean created = published.changed() && !request.dryRun();
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .header(HttpHeaders.ETAG, EntityTags.of(release.head().number()))
                .entity(new Made(
                        release.head().number(),
                        release.head().previous(),
                        published.changed(),
                        request.dryRun(),
                        changes.stream().map(Change::description).toList(),
                        stored.entrySet().stream()
                                .map(file -> DeployedFile.of(file.getKey(), file.getValue()))
                                .toList(),
                        runtimes.ids(),
                        BundleDifference.of(ReleaseDiff.between(published.before(), published.release())),
                        release.bundles()))
                .build();
    }

    private Change change(PlannedChange planned, Map<String, DeployedVersion> stored) {
        if (planned instanceof PlannedChange.Deploy deploy) {
            return new Change.Deploy(
                    requireNonNull(stored.get(deploy.file())),
                    deploy.asDefault(),
                    deploy.replace() ? DeployMode.REPLACE : DeployMode.UPGRADE);
        }
        if (planned instanceof PlannedChange.MakeDefault chosen) {
            return new Change.MakeDefault(chosen.name(), chosen.version());
        }
        if (planned instanceof PlannedChange.Retire retired) {
            return new Change.Retire(retired.name(), retired.version());
        }
        PlannedChange.RollBack back = (PlannedChange.RollBack) planned;
        return new Change.RollBack(releases.release(back.release()), back.name());
    }

    private static Listed listed(KeptRelease kept) {
        return kept.release()
                .<Listed>map(ReleasesResource::summary)
                .orElseGet(() -> new Damaged(kept.number(), kept.problem().orElse("")));
    }

    private static Summary summary(Release release) {
        Map<String, String> bundles = new LinkedHashMap<>();
        release.bundles().forEach((name, bundle) -> bundles.put(name, bundle.listed()));
        return new Summary(ReleaseHead.of(release), bundles);
    }
}
