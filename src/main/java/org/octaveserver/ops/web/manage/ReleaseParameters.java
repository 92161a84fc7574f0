package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.AccessFilter;

/** What every request that makes a release may say beside what it changes, and who sends it. */
public final class ReleaseParameters {
    private final String by;
    private final @Nullable String ifMatch;
    private final boolean dryRun;

    /**
     * Read by Jersey.
     *
     * @param dryRun whether only to find out what would be
     * @param ifMatch the release that must be current
     */
    public ReleaseParameters(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context ContainerRequestContext context) {
        this.by = AccessFilter.principal(context).name();
        this.ifMatch = ifMatch;
        this.dryRun = dryRun;
    }

    /**
     * The request.
     *
     * @param reason why, for the release's record
     * @throws OpsException INVALID_INPUT when the header names no release; not thrown above, where it would be Jersey's
     */
    ReleaseRequest request(String reason) {
        return new ReleaseRequest(by, reason, EntityTags.expected(ifMatch), dryRun);
    }
}
