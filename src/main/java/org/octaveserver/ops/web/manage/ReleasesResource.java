package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.octaveserver.ops.bundle.Releases;

/** The releases that are kept. Thread-safe. */
@Path("api/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
public final class ReleasesResource {
    private final Releases releases;

    public ReleasesResource(Releases releases) {
        this.releases = releases;
    }

    /** One release. */
    record Release(long number, String created, String by, String reason, Map<String, String> bundles) {}

    /** All kept releases, newest first, and which of them callers see. */
    record History(long current, List<Release> releases) {}

    @GET
    public History list() {
        return new History(
                releases.current().number(),
                releases.history().stream().map(ReleasesResource::release).toList());
    }

    private static Release release(org.octaveserver.ops.bundle.Release release) {
        Map<String, String> bundles = new LinkedHashMap<>();
        release.bundles().forEach((name, bundle) -> bundles.put(name, bundle.listed()));
        return new Release(release.number(), release.created().toString(), release.by(), release.reason(), bundles);
    }
}
