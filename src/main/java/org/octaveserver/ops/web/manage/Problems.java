package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.ErrorFace;

/** Failures as {@code application/problem+json} (RFC 9457), with the stable name of the failure as {@code code}. */
public final class Problems implements ErrorFace {
    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    /** The body. */
    @JsonPropertyOrder({"type", "title", "status", "detail", "code"})
    record Problem(String type, String title, int status, String detail, String code) {}

    @Override
    public boolean serves(String path) {
        return path.equals("api/v1") || path.startsWith("api/v1/");
    }

    @Override
    public Response.ResponseBuilder render(Response.ResponseBuilder response, int status, OpsException failure) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "" : known.getReasonPhrase();
        return response.type(PROBLEM)
                .entity(new Problem(
                        "about:blank",
                        title,
                        status,
                        failure.getMessage(),
                        failure.code().name()));
    }
}
