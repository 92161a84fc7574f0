package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.FigureFormat;

/** OPS's own headers of a call. */
final class CallHeaders {
    private static final String FIGURES = "OPS-Figures";

    private CallHeaders() {}

    /**
     * What they say.
     *
     * @throws OpsException INVALID_INPUT naming what is allowed
     */
    static CallOptions read(HttpServletRequest http) {
        String figures = http.getHeader(FIGURES);
        if (figures == null) {
            return CallOptions.NONE;
        }
        return new CallOptions(
                Optional.empty(),
                Optional.of(FigureFormat.of(figures.strip())
                        .orElseThrow(() -> new OpsException(
                                ErrorCode.INVALID_INPUT, "the header " + FIGURES + " must be png, svg or none"))));
    }
}
