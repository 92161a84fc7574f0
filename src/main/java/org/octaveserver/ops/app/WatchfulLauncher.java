package org.octaveserver.ops.app;

import java.util.Set;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/** Has a runtime looked at that turns out to be another than it was, sooner than ops.runtime.probe-interval. Thread-safe. */
final class WatchfulLauncher implements WorkerLauncher {
    private final WorkerLauncher launcher;
    private final Runtimes runtimes;

    WatchfulLauncher(WorkerLauncher launcher, Runtimes runtimes) {
        this.launcher = launcher;
        this.runtimes = runtimes;
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        try {
            return launcher.launch(spec);
        } catch (OpsException e) {
            if (e.code() == ErrorCode.RUNTIME_CHANGED) {
                var unused = runtimes.lookAgain(spec.runtime().id());
            }
            throw e;
        }
    }

    @Override
    public void keepOnly(Set<WorkerSpec> specs) {
        launcher.keepOnly(specs);
    }
}
