package org.octaveserver.ops.web.edge;

import java.io.IOException;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.value.json.OutputFormat;

/** Tells how a function ended, in the one form in which this server answers calls. Thread-safe. */
public interface OutcomeWriter {
    /**
     * The response, its body whole in memory.
     *
     * @throws org.octaveserver.ops.error.OpsException UNSUPPORTED_OUTPUT when an output has no such form
     */
    AsyncResponse.Message write(CallOutcome outcome, OutputFormat format) throws IOException;
}
