package org.octaveserver.ops.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.wire.MetricUpdate;
import org.octaveserver.ops.worker.WorkerSpec;

/** Serves one spec and listens to nothing. */
class OneSpec implements CallListener, CallListener.Tracked, CallRun.Preparing {
    private final WorkerSpec spec;

    OneSpec(WorkerSpec spec) {
        this.spec = spec;
    }

    @Override
    public void refused() {}

    @Override
    public Tracked arrived() {
        return this;
    }

    @Override
    public void reported(String bundle, List<MetricUpdate> updates) {}

    @Override
    public void started() {}

    @Override
    public void ended(boolean answered) {}

    @Override
    public CompletableFuture<WorkerSpec> spec(CallTarget target) {
        return CompletableFuture.completedFuture(spec);
    }

    @Override
    public CompletableFuture<WorkerSpec> specAnew(CallTarget target) {
        return spec(target);
    }

    @Override
    public OpsException notReady(CallTarget target, Deadline deadline) {
        return new OpsException(ErrorCode.NO_WORKER_IN_TIME, "not ready");
    }
}
