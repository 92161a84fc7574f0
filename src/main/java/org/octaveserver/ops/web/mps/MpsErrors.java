package org.octaveserver.ops.web.mps;

import static java.util.Map.entry;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.ErrorFace;

/**
 * Failures as MPS words them: its {@code httperror} body, its message ids and messages where it has them (RESTful API,
 * "HTTP error"), followed by what was wrong where.
 */
public final class MpsErrors implements ErrorFace {
    /**
     * How MPS names a failure.
     *
     * @param id its {@code messageId}
     * @param text its message, to which the details are appended; empty when the details say it all
     */
    private record Wording(String id, String text) {}

    private static final Map<ErrorCode, Wording> WORDINGS = Map.ofEntries(
            entry(ErrorCode.INVALID_JSON, new Wording("InvalidJSON", "Invalid JSON: ")),
            entry(ErrorCode.INVALID_INPUT, new Wording("InvalidInput", "Invalid input: ")),
            entry(ErrorCode.MISSING_NARGOUT, new Wording("MissingNargout", "")),
            entry(ErrorCode.MISSING_RHS, new Wording("MissingRHS", "")),
            entry(ErrorCode.INVALID_ARGUMENT, new Wording("InvalidRHS", "Invalid rhs: ")),
            entry(ErrorCode.UNAUTHENTICATED, new Wording("NotAuthorized", "")),
            entry(
                    ErrorCode.FORBIDDEN,
                    new Wording("NotAuthorized", "The client is not authorized to access the requested component. ")),
            entry(ErrorCode.METRICS_DISABLED, new Wording("MetricsDisabled", "Metrics Disabled: ")),
            entry(
                    ErrorCode.ARCHIVES_DISABLED,
                    new Wording("ArchiveManagementDisabled", "Archive Management Disabled: ")),
            entry(ErrorCode.DISCOVERY_DISABLED, new Wording("DiscoveryDisabled", "Discovery Disabled: ")),
            entry(ErrorCode.FUNCTION_NOT_FOUND, new Wording("FunctionNotFound", "Function not found. ")),
            entry(ErrorCode.BUNDLE_NOT_FOUND, new Wording("ComponentNotFound", "Component not found. ")),
            entry(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    new Wording("ResourceNotFound", "URI-path not of form '/APPLICATION/FUNCTION': ")),
            entry(ErrorCode.NO_SUCH_REQUESTS, new Wording("ResourceNotFound", "URL not found: ")),
            entry(ErrorCode.JOB_NOT_FOUND, new Wording("RequestNotFound", "")),
            entry(ErrorCode.INVALID_JOB_ID, new Wording("NoMatchForQueryParams", "")),
            entry(ErrorCode.MISSING_SINCE, new Wording("MissingParamSince", "")),
            entry(ErrorCode.MISSING_SELECTION, new Wording("MissingQueryParams", "")),
            entry(ErrorCode.INVALID_SELECTION, new Wording("NoMatchForQueryParams", "")),
            entry(ErrorCode.JOB_NOT_FINISHED, new Wording("RequestNotCompleted", "")),
            entry(ErrorCode.JOB_FINISHED, new Wording("RequestAlreadyCompleted", "")),
            entry(ErrorCode.JOB_CANCELLED, new Wording("RequestAlreadyCancelled", "")),
            entry(ErrorCode.JOB_DELETED, new Wording("RequestAlreadyDeleted", "")),
            entry(ErrorCode.METHOD_NOT_ALLOWED, new Wording("BadMethod", "Bad Method: ")),
            entry(ErrorCode.LENGTH_REQUIRED, new Wording("LengthRequired", "Content-length missing: ")),
            entry(ErrorCode.REQUEST_TOO_LARGE, new Wording("RequestTooLarge", "")),
            entry(ErrorCode.UNSUPPORTED_CONTENT_TYPE, new Wording("UnsupportedContentType", "")),
            entry(
                    ErrorCode.UNSUPPORTED_OUTPUT,
                    new Wording("UnsupportedReturnType", "Function return type not supported: ")),
            entry(ErrorCode.INTERNAL, new Wording("InternalServerError", "")));

    private final CallResponseWriter writer = new CallResponseWriter();

    /** The face of every path that no other face serves. */
    @Override
    public boolean serves(String path) {
        return true;
    }

    @Override
    public Body render(int status, OpsException failure) {
        Wording wording = WORDINGS.getOrDefault(failure.code(), new Wording(camelCase(failure.code()), ""));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.writeHttpError(status, wording.id(), wording.text() + failure.getMessage(), body);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Body(MediaType.APPLICATION_JSON, body.toByteArray());
    }

    /** MPS has no name for it: {@code QUEUE_FULL} is {@code QueueFull}. */
    private static String camelCase(ErrorCode code) {
        StringBuilder name = new StringBuilder();
        for (String word : code.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
