package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.OutcomeWriter;

/** Answers of functions in MPS's JSON, the same for a call and for a job. Thread-safe. */
public final class JsonAnswers implements OutcomeWriter {
    private final CallResponseWriter writer = new CallResponseWriter();

    @Override
    public AsyncResponse.Message write(CallOutcome outcome, OutputFormat format) throws IOException {
        // Grows without copying what it has, so that a large answer is in memory once.
        UnsynchronizedByteArrayOutputStream body =
                UnsynchronizedByteArrayOutputStream.builder().get();
        if (outcome instanceof CallOutcome.Returned returned) {
            writer.writeResult(returned.outputs(), returned.figures(), format, body);
        } else if (outcome instanceof CallOutcome.Threw threw) {
            writer.writeMatlabError(matlabError(threw), body);
        }
        return AsyncResponse.Message.of(HttpServletResponse.SC_OK, Map.of(), MediaType.APPLICATION_JSON, body);
    }

    private static MatlabError matlabError(CallOutcome.Threw threw) {
        List<MatlabError.Frame> stack = threw.stack().stream()
                .map(frame -> new MatlabError.Frame(frame.file(), frame.name(), frame.line()))
                .toList();
        return new MatlabError(threw.identifier(), threw.message(), stack);
    }
}
