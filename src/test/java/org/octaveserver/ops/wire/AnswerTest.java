package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;

class AnswerTest {
    private static final OctaveFailure FAILURE = new OctaveFailure(
            OctaveFailure.Reason.NO_ENCODING,
            "a:b",
            "täxt",
            List.of(
                    new OctaveFailure.StackFrame("/x/f.m", "f", 3, 4),
                    new OctaveFailure.StackFrame("", "@<anonymous>", 0, 0)));

    private static Frame frame(byte[] bytes) throws IOException {
        return WorkerFrames.reader(bytes).read();
    }

    private static Answer answer(byte[] bytes, FrameKind request) throws IOException {
        return Answer.of(frame(bytes), request, 5);
    }

    @Test
    void readsOutputs() throws IOException {
        List<OctaveValue> outputs = List.of(NumericArray.scalar(1), CharArray.row("b"));

        assertThat(answer(WorkerFrames.result(5, outputs), FrameKind.CALL)).isEqualTo(new Answer.Result(outputs));
        assertThat(answer(WorkerFrames.result(5, List.of()), FrameKind.CALL)).isEqualTo(new Answer.Result(List.of()));
    }

    @Test
    void readsAFailure() throws IOException {
        assertThat(answer(WorkerFrames.failure(5, FAILURE), FrameKind.CALL)).isEqualTo(new Answer.Failed(FAILURE));
        assertThat(answer(WorkerFrames.failure(5, FAILURE), FrameKind.START)).isEqualTo(new Answer.Failed(FAILURE));
    }

    @Test
    void eachRequestHasItsAnswers() throws IOException {
        Map<FrameKind, Set<FrameKind>> allowed = Map.of(
                FrameKind.START, EnumSet.of(FrameKind.READY, FrameKind.FAILURE),
                FrameKind.CALL, EnumSet.of(FrameKind.RESULT, FrameKind.FAILURE),
                FrameKind.PING, EnumSet.of(FrameKind.PONG));
        for (FrameKind request : allowed.keySet()) {
            for (FrameKind kind : FrameKind.values()) {
                byte[] bytes = kind == FrameKind.FAILURE
                        ? WorkerFrames.failure(5, FAILURE)
                        : WorkerFrames.frame(kind, 5, kind == FrameKind.RESULT ? new byte[4] : new byte[0]);
                if (allowed.get(request).contains(kind)) {
                    assertThat(answer(bytes, request)).isNotNull();
                } else {
                    assertThatThrownBy(() -> answer(bytes, request))
                            .isInstanceOf(WireException.class)
                            .hasMessage("a worker does not answer " + request + " with " + kind);
                }
            }
        }
    }

    @Test
    void refusesTheAnswerToAnotherRequest() {
        assertThatThrownBy(() -> answer(WorkerFrames.bare(FrameKind.READY, 4), FrameKind.START))
                .isInstanceOf(WireException.class)
                .hasMessage("an answer to request 4 came to request 5");
    }

    @Test
    void refusesBytesBehindTheAnswer() {
        for (byte[] whole : List.of(
                WorkerFrames.result(5, List.of(NumericArray.scalar(1))),
                WorkerFrames.failure(5, FAILURE),
                WorkerFrames.result(5, List.of()))) {
            byte[] payload = Arrays.copyOfRange(whole, 24, whole.length + 1);
            FrameKind kind = whole[4] == FrameKind.RESULT.number() ? FrameKind.RESULT : FrameKind.FAILURE;

            assertThatThrownBy(() -> answer(WorkerFrames.frame(kind, 5, payload), FrameKind.CALL))
                    .hasMessage("1 bytes too many at the end of a payload");
        }
        assertThatThrownBy(() -> answer(WorkerFrames.frame(FrameKind.READY, 5, new byte[1]), FrameKind.START))
                .isInstanceOf(WireException.class);
    }

    @Test
    void refusesEveryTruncationOfAFailure() {
        byte[] whole = WorkerFrames.failure(5, FAILURE);
        for (int end = 24; end < whole.length; end++) {
            byte[] payload = Arrays.copyOfRange(whole, 24, end);

            assertThatThrownBy(() -> answer(WorkerFrames.frame(FrameKind.FAILURE, 5, payload), FrameKind.CALL))
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void refusesReasonsThatAreNone() {
        for (int reason : new int[] {3, -1, Integer.MIN_VALUE}) {
            byte[] bytes = WorkerFrames.failure(5, FAILURE);
            for (int i = 0; i < 4; i++) {
                bytes[24 + i] = (byte) (reason >>> (8 * i));
            }

            assertThatThrownBy(() -> answer(bytes, FrameKind.CALL)).hasMessage("a failure has no reason " + reason);
        }
    }

    @Test
    void refusesMoreOutputsThanThePayloadHolds() {
        byte[] payload = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};

        assertThatThrownBy(() -> answer(WorkerFrames.frame(FrameKind.RESULT, 5, payload), FrameKind.CALL))
                .isInstanceOf(WireException.class);
    }
}
