package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/** The headers by which one call asks for something otherwise than its bundle says. MPS has none of them. */
final class CallHeaders {
    private static final String ISOLATION = "OPS-Isolation";
    private static final String FIGURES = "OPS-Figures";

    private CallHeaders() {}

    /**
     * What a request asks for.
     *
     * @throws OpsException {@code INVALID_INPUT} naming the header and what it may be
     */
    static CallOptions read(HttpServletRequest http) {
        return new CallOptions(
                chosen(http, ISOLATION, Isolation::of, "warm or fresh"),
                chosen(http, FIGURES, FigureFormat::of, "png, svg or none"));
    }

    private static <T> Optional<T> chosen(
            HttpServletRequest http, String header, Function<String, Optional<T>> choice, String allowed) {
        List<String> values = Collections.list(http.getHeaders(header));
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> chosen = values.size() == 1 ? choice.apply(values.get(0)) : Optional.empty();
        if (chosen.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the header " + header + " must be " + allowed + ", once; it was " + String.join(", ", values));
        }
        return chosen;
    }
}
