package org.octaveserver.ops.web.edge;

/**
 * The body of failures that no face renders, because they happen before one is chosen or after it failed. In MPS's form
 * (RESTful API, "HTTP error"), which most clients of this server read.
 */
public final class BareError {
    public static final String TYPE = "application/json";

    private BareError() {}

    /** The body of a status that the container chose. */
    public static String body(int status) {
        return switch (status) {
            case 400 ->
                body(status, "BadRequest", "this is no valid HTTP request: its line, URL or a header is malformed");
            case 404 -> body(status, "ResourceNotFound", "nothing is at this URL");
            case 405, 501 -> body(status, "BadMethod", "this method is not allowed");
            case 413 -> body(status, "RequestTooLarge", "the request is too large");
            case 414, 431 -> body(status, "RequestTooLarge", "the URL or the headers are too long");
            case 503 -> body(status, "ServiceUnavailable", "the server is starting or stopping");
            default ->
                body(
                        status,
                        status < 500 ? "BadRequest" : "InternalServerError",
                        status < 500 ? "the request is refused" : "the server failed");
        };
    }

    /** The body of a failure that stands in the log under an id. */
    static String body(int status, String id) {
        return body(status, "InternalServerError", "the server failed; its log says more under " + id);
    }

    private static String body(int status, String messageId, String message) {
        return "{\"error\":{\"type\":\"httperror\",\"code\":" + status + ",\"messageId\":\"" + messageId
                + "\",\"message\":\"" + message + "\"}}";
    }
}
