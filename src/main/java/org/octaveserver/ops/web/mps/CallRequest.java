package org.octaveserver.ops.web.mps;

import java.util.List;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.OutputFormat;

/**
 * The body of a call (MPS: RESTful API for MATLAB function execution).
 *
 * @param nargout how many outputs the caller wants
 * @param rhs the inputs, in order
 * @param format how to write the outputs
 */
public record CallRequest(int nargout, List<OctaveValue> rhs, OutputFormat format) {
    public CallRequest {
        rhs = List.copyOf(rhs);
    }
}
