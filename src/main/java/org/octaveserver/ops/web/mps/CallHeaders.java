package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/** The headers by which one call asks for something otherwise than its bundle says. MPS has none of them. */
final class CallHeaders {
    private static final String ISOLATION = "OPS-Isolation";
    private static final String FIGURES = "OPS-Figures";
    private static final String PRIORITY = "Priority";
    /** Its member {@code u}, with parameters of its own perhaps. */
    private static final Pattern URGENCY = Pattern.compile("(?:^|,)[ \\t]*u=([0-7])(?=[ \\t]*(?:[;,]|$))");

    private CallHeaders() {}

    /**
     * What a request asks for.
     *
     * @throws OpsException {@code INVALID_INPUT} naming the header and what it may be
     */
    static CallOptions read(HttpServletRequest http) {
        return new CallOptions(
                chosen(http, ISOLATION, Isolation::of, "warm or fresh"),
                chosen(http, FIGURES, FigureFormat::of, "png, svg or none"),
                urgency(http));
    }

    /** RFC 9218: what is malformed counts as not there, and of several the last one counts. */
    private static OptionalInt urgency(HttpServletRequest http) {
        if (http.getHeader(PRIORITY) == null) {
            return OptionalInt.empty();
        }
        String priority = String.join(",", Collections.list(http.getHeaders(PRIORITY)));
        OptionalInt urgency = OptionalInt.empty();
        Matcher matcher = URGENCY.matcher(priority);
        while (matcher.find()) {
            urgency = OptionalInt.of(matcher.group(1).charAt(0) - '0');
        }
        return urgency;
    }

    private static <T> Optional<T> chosen(
            HttpServletRequest http, String header, Function<String, Optional<T>> choice, String allowed) {
        if (http.getHeader(header) == null) {
            return Optional.empty();
        }
        List<String> values = Collections.list(http.getHeaders(header));
        Optional<T> chosen = values.size() == 1 ? choice.apply(values.get(0)) : Optional.empty();
        if (chosen.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the header " + header + " must be " + allowed + ", once; it was " + String.join(", ", values));
        }
        return chosen;
    }
}
