package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.MetricUpdate;
import org.octaveserver.ops.wire.WorkerFrames;

/** What the protocol does not allow kills the worker, and never reaches a caller as an answer. */
@Timeout(30)
class WorkerBreachTest extends WorkerFixture {
    private void assertBreach(String message, OnCall onCall) {
        Worker worker = started(onCall);

        OpsException thrown = failureOf(worker, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_PROTOCOL);
        assertThat(thrown).hasMessageContaining(message);
        assertDead(worker);
    }

    @Test
    void theAnswerToAnotherRequest() {
        assertBreach("an answer to request 1 came to request 2", (self, number, call) -> {
            self.answer(number - 1, call, call.arguments());
        });
    }

    @Test
    void anAnswerOfAKindThatAnswersNoCall() {
        for (FrameKind kind : List.of(FrameKind.READY, FrameKind.PONG, FrameKind.HELLO, FrameKind.CALL)) {
            Worker worker = started((self, number, call) -> self.send(WorkerFrames.bare(kind, number)));

            assertThat(failureOf(worker, LONG)).hasMessageContaining("does not answer CALL with " + kind);
        }
    }

    @Test
    void metricsThatNobodyMayReport() {
        assertRefused("a metric has a name that Prometheus does not allow", MetricUpdate.Kind.GAUGE, "up 1\nforged", 1);
        assertRefused("is named like one of the server's own", MetricUpdate.Kind.GAUGE, "matlabprodserver_up", 1);
        assertRefused("the counter c grows by -1.0", MetricUpdate.Kind.COUNTER, "c", -1);
        assertRefused("the counter c grows by NaN", MetricUpdate.Kind.COUNTER, "c", Double.NaN);
    }

    private void assertRefused(String message, MetricUpdate.Kind kind, String name, double value) {
        Worker worker = started((self, number, call) -> self.send(metric(number, kind, name, value)));

        assertThat(failureOf(worker, LONG)).hasMessageContaining(message);
    }

    @Test
    void metricsOfAnotherRequest() {
        assertBreach("metrics of request 1 came while request 2 ran", (self, number, call) -> {
            self.send(WorkerFrames.metrics(number - 1, List.of()));
        });
    }

    @Test
    void metricsASecondTime() {
        assertBreach("does not answer CALL with METRICS", (self, number, call) -> {
            self.send(metric(number, MetricUpdate.Kind.GAUGE, "g", 1));
            self.send(metric(number, MetricUpdate.Kind.GAUGE, "g", 1));
        });
    }

    @Test
    void progressThatIsNone() {
        assertBreach("a progress of 2.0 is none from 0 to 1", (self, number, call) -> {
            self.send(WorkerFrames.progress(number, 2, ""));
        });
    }

    private static byte[] metric(long number, MetricUpdate.Kind kind, String name, double value) {
        return WorkerFrames.metrics(number, List.of(new MetricUpdate(kind, name, value)));
    }

    @Test
    void moreOrFewerOutputsThanAskedFor() {
        assertBreach("2 outputs came where 1 were asked for", (self, number, call) -> {
            self.answer(number, call, List.of(ONE, ONE));
        });
    }

    @Test
    void garbage() {
        assertBreach("not a frame", (self, number, call) -> self.send(new byte[24]));
    }

    @Test
    void aMalformedValue() {
        assertBreach("remaining", (self, number, call) -> {
            self.send(WorkerFrames.frame(FrameKind.RESULT, number, new byte[] {1, 0, 0, 0, 9}));
        });
    }

    @Test
    void anAnswerWithoutTheOutputsEnd() {
        assertBreach("its output was closed", (self, number, call) -> {
            self.send(WorkerFrames.result(number, call.arguments()));
        });
    }

    @Test
    void anAnswerThatIsTooLargeNamesTheSetting() {
        for (long length : new long[] {(1 << 20) + 1, -1}) {
            Worker worker = started(
                    (self, number, call) -> self.send(WorkerFrames.header(FrameKind.RESULT.number(), number, length)));

            OpsException thrown = failureOf(worker, LONG);

            assertThat(thrown.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
            assertThat(thrown)
                    .hasMessageContaining(Long.toUnsignedString(length) + " bytes; 1048576 are allowed")
                    .hasMessageContaining("ops.worker.max-message-size");
        }
    }

    /** The answer to the first call comes twice: the copy must never become the answer to the second. */
    @Test
    void anAnswerThatComesTwiceAnswersOnce() {
        Worker worker = started((self, number, call) -> {
            self.answer(number, call, call.arguments());
            self.send(WorkerFrames.result(number, List.of(NumericArray.scalar(99))));
        });
        call(worker, "f", LONG);

        assertThat(failureOf(worker, LONG)).hasMessageContaining("an answer to request 2 came");
    }
}
