package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.FrameWriter;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WireException;

/**
 * The server's end of the channel to one worker: numbered requests, one at a time, each with its answer. For whoever
 * holds the worker.
 */
final class WorkerChannel {
    private final FrameReader reader;
    private final FrameWriter writer;
    private long number;

    WorkerChannel(InputStream fromWorker, OutputStream toWorker, int maxMessage) {
        this.reader = new FrameReader(fromWorker, maxMessage);
        this.writer = new FrameWriter(toWorker);
    }

    Hello hello() throws IOException {
        return Hello.of(reader.read());
    }

    Answer start(StartRequest request) throws IOException {
        number++;
        writer.start(number, request);
        return Answer.of(reader.read(), FrameKind.START, number);
    }

    Answer call(CallRequest request) throws IOException {
        number++;
        writer.call(number, request);
        Answer answer = Answer.of(reader.read(), FrameKind.CALL, number);
        if (answer instanceof Answer.Result result && result.outputs().size() != request.outputs()) {
            throw new WireException(
                    result.outputs().size() + " outputs came where " + request.outputs() + " were asked for");
        }
        return answer;
    }

    void shutdown() throws IOException {
        number++;
        writer.bare(FrameKind.SHUTDOWN, number);
    }
}
