package org.octaveserver.ops.web.mps;

import java.util.List;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.OutputFormat;

/**
 * The body of a call (MPS: RESTful API for MATLAB function execution).
 *
 * @param nargout how many outputs the caller wants
 * @param rhs the inputs, in order
 * @param format how to write the outputs
 * @param callbacks who is to be told of the end of a job; MPS has none
 */
public record CallRequest(int nargout, List<OctaveValue> rhs, OutputFormat format, List<Callback> callbacks) {
    public CallRequest {
        rhs = List.copyOf(rhs);
        callbacks = List.copyOf(callbacks);
    }

    /** One that nobody else is told of. */
    public CallRequest(int nargout, List<OctaveValue> rhs, OutputFormat format) {
        this(nargout, rhs, format, List.of());
    }
}
