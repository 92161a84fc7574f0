package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Turns every failure into a response of the face that the request went to. A failure without a name becomes a 500 with
 * an id that stands in the log too; its own message stays here.
 */
public final class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LogManager.getLogger(FailureMapper.class);

    private final List<ErrorFace> faces;

    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable HttpServletRequest request;

    /** Renders with the first face that serves the path; the last one serves every path. */
    public FailureMapper(List<ErrorFace> faces) {
        this.faces = List.copyOf(faces);
    }

    @Override
    public Response toResponse(Throwable thrown) {
        OpsException failure = named(thrown);
        FailureResponse told = FailureResponse.of(failure, face());
        Response.ResponseBuilder response = Response.status(told.status())
                .entity(told.body().bytes())
                .type(told.body().type());
        told.headers().forEach(response::header);
        if (thrown instanceof NotAllowedException notAllowed) {
            response.allow(notAllowed.getResponse().getAllowedMethods());
        }
        return response.build();
    }

    private ErrorFace face() {
        String path = path();
        return faces.stream().filter(face -> face.serves(path)).findFirst().orElseThrow();
    }

    /** As resources are matched: without slashes before it and parameters in it. Whatever is wrong with the URL must not keep its failure from being rendered. */
    private String path() {
        try {
            return uri == null ? "" : uri.getPath().replaceFirst("^/+", "").replaceAll(";[^/]*", "");
        } catch (RuntimeException e) {
            LOG.debug("the path cannot be read", e);
            return "";
        }
    }

    private OpsException named(Throwable thrown) {
        if (thrown instanceof NotFoundException) {
            return new OpsException(ErrorCode.RESOURCE_NOT_FOUND, "nothing is at this URL");
        }
        if (thrown instanceof WebApplicationException refused
                && refused.getResponse().getStatus() < 500) {
            return refused(refused);
        }
        return FailureResponse.named(thrown, "method=" + method() + " path=" + path());
    }

    /** What Jersey refuses before a resource sees it. */
    private OpsException refused(WebApplicationException refused) {
        if (refused instanceof NotAllowedException) {
            return new OpsException(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    method() + " is not allowed here; allowed: "
                            + refused.getResponse().getAllowedMethods().stream()
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        if (refused instanceof NotAcceptableException) {
            return new OpsException(
                    ErrorCode.NOT_ACCEPTABLE,
                    "the Accept header takes nothing that is answered here; send Accept: application/json or none");
        }
        if (refused instanceof NotSupportedException) {
            String type = request == null ? null : request.getContentType();
            return new OpsException(ErrorCode.UNSUPPORTED_CONTENT_TYPE, type == null ? "none" : type);
        }
        return new OpsException(
                ErrorCode.INVALID_INPUT,
                "a header or a parameter is malformed: "
                        + String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT));
    }

    private String method() {
        return request == null ? "this method" : request.getMethod();
    }
}
