package org.octaveserver.ops.worker;

import java.io.IOException;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.WireException;

/** Makes the {@link WarmupCall} of a process that has loaded what it loads. */
final class Warmup {
    private static final Logger LOG = LogManager.getLogger(Warmup.class);
    /** How long the end of what a process prints may take after its answer. */
    static final Duration MARK_LIMIT = Duration.ofSeconds(2);

    private Warmup() {}

    /**
     * Makes it, and waits for its end. One that throws is told in the log only: the bundle works without, if slower.
     *
     * @param process the name of the process, for the log
     * @throws IOException when the process does not live through it
     */
    static void run(WarmupCall call, String process, WorkerChannel channel, WorkerOutput output) throws IOException {
        long begin = System.nanoTime();
        CallRequest request = new CallRequest(output.begin(), call.function(), 0, call.arguments());
        Answer answer = channel.warmUp(request);
        if (!output.awaitWhole(MARK_LIMIT)) {
            throw new WireException("its output was closed");
        }
        String printed = output.kept().strip();
        if (answer instanceof Answer.Failed failed) {
            LOG.warn(
                    "worker={} the warmup call of {} failed; it goes on without: {}",
                    process,
                    call.function(),
                    failed.failure().message());
            return;
        }
        LOG.debug(
                "worker={} warmup={} after={}ms printed={}",
                process,
                call.function(),
                (System.nanoTime() - begin) / 1_000_000,
                printed);
    }
}
