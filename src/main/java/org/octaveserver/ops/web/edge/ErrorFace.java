package org.octaveserver.ops.web.edge;

import jakarta.ws.rs.core.Response;
import org.octaveserver.ops.error.OpsException;

/** How one of the server's HTTP faces says that something failed. */
public interface ErrorFace {
    /** Whether requests to this path, without leading slash, are this face's. */
    boolean serves(String path);

    /** The body and its type; status and headers common to all faces are set by the caller. */
    Response.ResponseBuilder render(Response.ResponseBuilder response, int status, OpsException failure);
}
