package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.ErrorFace;

/** Failures as {@code application/problem+json} (RFC 9457), with the stable name of the failure as {@code code}. */
public final class Problems implements ErrorFace {
    private static final String PROBLEM = "application/problem+json";
    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(Problem.class);

    /** Of statuses that RFC 9110 has and JAX-RS does not know. */
    private static final Map<Integer, String> NEWER_TITLES = Map.of(422, "Unprocessable Content");

    /** The body. */
    @JsonPropertyOrder({"type", "title", "status", "detail", "code"})
    record Problem(String type, String title, int status, String detail, String code) {}

    @Override
    public boolean serves(String path) {
        return path.equals("api/v1") || path.startsWith("api/v1/");
    }

    @Override
    public Body render(int status, OpsException failure) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? NEWER_TITLES.getOrDefault(status, "") : known.getReasonPhrase();
        Problem problem = new Problem(
                "about:blank",
                title,
                status,
                failure.getMessage(),
                failure.code().name());
        try {
            return new Body(PROBLEM, WRITER.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and a number are always JSON", e);
        }
    }
}
