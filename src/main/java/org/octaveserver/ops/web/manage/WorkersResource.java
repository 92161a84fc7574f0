package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.pool.WorkerPool;

/** What an operator may do with the workers of this node. Thread-safe. */
@Path("api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkersResource {
    private final WorkerPool pool;

    public WorkersResource(WorkerPool pool) {
        this.pool = pool;
    }

    /** How many workers are let go. */
    record Recycled(int recycled) {}

    /**
     * Has workers replaced: idle ones end now, others when their call has ended, and the next calls get new ones.
     *
     * @param bundle the bundle, or one version of it; absent: all
     * @throws OpsException BUNDLE_NOT_FOUND when no such bundle is deployed here
     */
    @POST
    @Path("recycle")
    public Recycled recycle(@QueryParam("bundle") @Nullable String bundle) {
        Optional<String> chosen = Optional.ofNullable(bundle);
        if (chosen.isPresent() && !pool.serves(chosen.get())) {
            throw new OpsException(
                    ErrorCode.BUNDLE_NOT_FOUND,
                    "no bundle or version \"" + bundle + "\" has workers here; \"ops list\" shows what is deployed");
        }
        return new Recycled(pool.recycle(chosen));
    }
}
