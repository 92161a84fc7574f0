package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.Query;

/**
 * What the query of a call says (MPS RESTful API, "POST Asynchronous Request").
 *
 * @param async whether the caller does not wait
 * @param client what the caller calls itself; may be empty
 */
record CallQuery(boolean async, String client) {
    private static final int LONGEST_CLIENT = 255;
    private static final CallQuery NONE = new CallQuery(false, "");

    /** @throws OpsException INVALID_INPUT naming the parameter and what is allowed */
    static CallQuery of(HttpServletRequest request) {
        String raw = request.getQueryString();
        if (raw == null) {
            return NONE;
        }
        Query query = Query.of(raw);
        return new CallQuery(
                isAsync(query.one("mode").orElse("sync")),
                checked(query.one("client").orElse("")));
    }

    private static boolean isAsync(String mode) {
        return switch (mode) {
            case "async" -> true;
            case "sync" -> false;
            default ->
                throw new OpsException(
                        ErrorCode.INVALID_INPUT, "the parameter \"mode\" is async or sync, not \"" + mode + "\"");
        };
    }

    private static String checked(String client) {
        if (client.length() > LONGEST_CLIENT || client.chars().anyMatch(Character::isISOControl)) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the parameter \"client\" has at most " + LONGEST_CLIENT + " characters, none of them a control"
                            + " character");
        }
        return client;
    }
}
