package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;

/**
 * A failure as it is told over HTTP.
 *
 * @param status of the response
 * @param headers beside that of the body's type
 */
public record FailureResponse(int status, Map<String, String> headers, ErrorFace.Body body) {
    private static final Logger LOG = LogManager.getLogger(FailureResponse.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(1);

    /** A failure as a face tells it. */
    public static FailureResponse of(OpsException failure, ErrorFace face) {
        int status = Statuses.of(failure.code().kind());
        Map<String, String> headers = new LinkedHashMap<>();
        if (failure.code().kind() == ErrorKind.UNAUTHENTICATED) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ops\"");
        }
        if (status == SERVICE_UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            headers.put(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(seconds(failure.retryAfter().orElse(SOON))));
        }
        return new FailureResponse(status, headers, face.render(status, failure));
    }

    /** The same of what will not pass later either, although its status says so: clients would try it again by themselves. */
    public FailureResponse forGood() {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        kept.remove(HttpHeaders.RETRY_AFTER);
        return new FailureResponse(status, kept, body);
    }

    /** Answers a request with it that is not asynchronous yet. */
    public void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType(body.type());
        response.getOutputStream().write(body.bytes());
    }

    /** The same for one that is. */
    public AsyncResponse.Message message() {
        return AsyncResponse.Message.of(status, headers, body.type(), body.bytes());
    }

    private static long seconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /**
     * The name of a failure. One without a name gets an id that stands in the log too; its own message stays here.
     *
     * @param request what failed, for the log
     */
    public static OpsException named(Throwable thrown, String request) {
        if (thrown instanceof OpsException known) {
            if (known.code().kind() == ErrorKind.INTERNAL) {
                LOG.error("error={} {}", known.code(), known.getMessage(), known);
            }
            return known;
        }
        String id = UUID.randomUUID().toString();
        LOG.error("error={} {} unexpected", id, request, thrown);
        return new OpsException(ErrorCode.INTERNAL, "the server failed; its log says more under " + id);
    }
}
