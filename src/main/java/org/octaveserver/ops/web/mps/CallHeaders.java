package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Isolation;

/** The headers by which one call asks for something otherwise than its bundle says. MPS has none of them. */
final class CallHeaders {
    static final String ISOLATION = "OPS-Isolation";

    private CallHeaders() {}

    /**
     * What a request asks for.
     *
     * @throws OpsException {@code INVALID_INPUT} naming the header and what it may be
     */
    static CallOptions read(HttpServletRequest http) {
        return new CallOptions(isolation(Collections.list(http.getHeaders(ISOLATION))));
    }

    private static Optional<Isolation> isolation(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.equals(List.of("warm"))) {
            return Optional.of(Isolation.WARM);
        }
        if (values.equals(List.of("fresh"))) {
            return Optional.of(Isolation.FRESH);
        }
        throw new OpsException(
                ErrorCode.INVALID_INPUT,
                "the header " + ISOLATION + " must be warm or fresh, once; it was " + String.join(", ", values));
    }
}
