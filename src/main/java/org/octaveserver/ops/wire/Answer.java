package org.octaveserver.ops.wire;

import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/** What a worker answers to START or CALL, and a template to LISTEN or FORK. */
public sealed interface Answer {
    /** It is loaded and waits for calls. */
    record Ready() implements Answer {}

    /** The outputs of a call. */
    record Result(List<OctaveValue> outputs) implements Answer {
        public Result {
            outputs = List.copyOf(outputs);
        }
    }

    /** A worker was forked, and its process id. */
    record Forked(long pid) implements Answer {}

    /** There are no outputs, and why. */
    record Failed(OctaveFailure failure) implements Answer {}

    /**
     * Reads the answer to request {@code number}.
     *
     * @param request what was asked: {@code START}, {@code CALL}, {@code PING}, {@code LISTEN} or {@code FORK}
     * @throws WireException when the frame answers another request, is of a kind that does not answer this one, or is
     *     malformed
     */
    static Answer of(Frame frame, FrameKind request, long number) throws WireException {
        if (frame.number() != number) {
            throw new WireException(
                    "an answer to request " + Long.toUnsignedString(frame.number()) + " came to request " + number);
        }
        if (!request.isAnsweredBy(frame.kind())) {
            throw new WireException("a worker does not answer " + request + " with " + frame.kind());
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        Answer answer = switch (frame.kind()) {
            case READY, PONG -> new Ready();
            case RESULT -> new Result(outputs(payload));
            case FAILURE -> new Failed(OctaveFailure.read(payload));
            case FORKED -> new Forked(payload.number64());
            case HELLO, START, CALL, PING, SHUTDOWN, METRICS, LISTEN, FORK, EXITED, FIGURES, PROGRESS ->
                throw new IllegalArgumentException("no answer: " + frame.kind());
        };
        payload.end();
        return answer;
    }

    private static List<OctaveValue> outputs(PayloadReader payload) throws WireException {
        int count = payload.count(ValueDecoder.SMALLEST);
        List<OctaveValue> outputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            outputs.add(ValueDecoder.read(payload));
        }
        return outputs;
    }
}
