package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/** Runs smoke calls in a worker of their own, thrown away afterwards. Thread-safe. */
public final class WorkerSmoke implements SmokeRunner {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final WorkerLauncher launcher;
    private final Duration limit;

    /**
     * A runner.
     *
     * @param limit how long a smoke call may take
     */
    public WorkerSmoke(WorkerLauncher launcher, Duration limit) {
        this.launcher = launcher;
        this.limit = limit;
    }

    @Override
    public void run(SmokeCall call, List<Path> loadPath, OctaveRuntime runtime) {
        Worker worker =
                launcher.launch(new WorkerSpec(call.purpose().words() + " of " + call.function(), runtime, loadPath));
        try {
            CallRequest request = new CallRequest("", call.function(), call.outputs(), call.arguments());
            Answer answer = worker.call(request, Deadline.after(limit)).answer();
            if (answer instanceof Answer.Failed failed) {
                throw failed(call, failed.failure().message());
            }
        } catch (OpsException e) {
            switch (e.code()) {
                case CALL_TIMEOUT ->
                    throw failed(
                            call,
                            "it did not end within " + limit.toMillis() + " ms (setting ops.bundles.smoke-timeout)");
                case WORKER_EXITED, WORKER_CRASHED, WORKER_PROTOCOL, VALUE_TOO_LARGE ->
                    throw failed(call, e.getMessage());
                default -> throw e;
            }
        } finally {
            worker.shutdown(STOP_LIMIT);
        }
    }

    private static OpsException failed(SmokeCall call, String why) {
        return new OpsException(
                call.purpose().failure(),
                "the " + call.purpose().words() + " of " + call.function() + " failed: " + why);
    }
}
