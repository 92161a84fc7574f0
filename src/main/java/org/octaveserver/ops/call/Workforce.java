package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.TreePreparer;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which workers serve the versions of a release, each on its runtime. What such a worker loads is made first if this node
 * has not got it; until then the workers of the runtime as it was go on. Thread-safe, but changes must come one after the
 * other.
 */
final class Workforce {
    private static final Logger LOG = LogManager.getLogger(Workforce.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final WorkerPool pool;
    private final Runtimes runtimes;
    private final TreePreparer trees;
    private final WorkerSpecs specs;

    Workforce(WorkerPool pool, Runtimes runtimes, TreePreparer trees, LimitPolicy limits) {
        this.pool = pool;
        this.runtimes = runtimes;
        this.trees = trees;
        this.specs = new WorkerSpecs(limits);
    }

    /**
     * What is to be done for a release.
     *
     * @param specs what its versions are served by
     * @param pending completes when more of it is possible
     */
    private record Plan(Map<WorkerSpecs.Key, WorkerSpec> specs, List<CompletableFuture<Void>> pending) {}

    /**
     * Completes, however it goes, when what this node's runtimes load of a release is there or cannot be made. What the
     * last release has too is not waited for: it is served as it was.
     */
    CompletableFuture<Void> loadable(Release release, Release last) {
        Set<DeployedVersion> served = Set.copyOf(last.versions());
        return CompletableFuture.allOf(release.versions().stream()
                        .filter(deployed -> !served.contains(deployed))
                        .flatMap(
                                deployed -> runtimes
                                        .find(deployed.runtime())
                                        .map(runtime -> trees.ready(deployed, release, runtime))
                                        .stream())
                        .toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null);
    }

    /**
     * Has workers of a release made ready beside those of the last one, then lets these go.
     *
     * @param waits whether to wait, for a while, until there are workers of the default versions
     * @param between done when they are there, before the others go
     * @param again called elsewhere when more of the release has become possible
     */
    void serve(Release release, boolean waits, Runnable between, Runnable again) {
        Plan plan = plan(release);
        if (waits) {
            pool.prepare(WorkerSpecs.ofDefaults(release, plan.specs()), Deadline.after(START_LIMIT));
        }
        specs.useOnly(plan.specs());
        between.run();
        pool.keepOnly(WorkerSpecs.ofAll(release, plan.specs()), WorkerSpecs.ofDefaults(release, plan.specs()));
        for (CompletableFuture<Void> one : plan.pending()) {
            var unused = one.whenComplete((done, failure) -> again.run());
        }
    }

    private Plan plan(Release release) {
        Plan plan = new Plan(new HashMap<>(), new ArrayList<>());
        for (DeployedVersion deployed : release.versions()) {
            runtimes.find(deployed.runtime()).ifPresent(runtime -> plan(plan, release, deployed, runtime));
        }
        return plan;
    }

    private void plan(Plan plan, Release release, DeployedVersion deployed, OctaveRuntime runtime) {
        CompletableFuture<Void> ready = trees.ready(deployed, release, runtime);
        WorkerSpecs.Key key = WorkerSpecs.Key.of(deployed);
        if (!ready.isDone()) {
            specs.inUse(deployed).ifPresent(old -> plan.specs().put(key, old));
            plan.pending().add(ready);
            return;
        }
        try {
            Void unused = ready.join();
            plan.specs().put(key, specs.make(release, deployed, runtime));
        } catch (OpsException | CompletionException e) {
            // A version that cannot run now is a matter of its own callers, who are told.
            LOG.error(
                    "bundle={} cannot run: {}",
                    deployed.version().id(),
                    OpsException.of(e).getMessage());
        }
    }

    /**
     * What a call of a version asks the pool for, when it is made what the worker loads.
     *
     * @return fails with PREPARATION_FAILED, DEPENDENCY_UNSATISFIED
     * @throws OpsException RUNTIME_UNAVAILABLE
     */
    CompletableFuture<WorkerSpec> spec(Release release, DeployedVersion deployed) {
        OctaveRuntime runtime = runtimes.available(deployed.runtime());
        Optional<WorkerSpec> inUse = specs.inUse(deployed);
        return inUse.map(CompletableFuture::completedFuture)
                .orElseGet(() -> trees.ready(deployed, release, runtime)
                        .thenApply(done -> specs.use(deployed, specs.make(release, deployed, runtime))));
    }

    /** The same when the runtime has turned out to be another than it was, and no worker of the old one is left. */
    CompletableFuture<WorkerSpec> specAnew(Release release, DeployedVersion deployed) {
        OctaveRuntime before = runtimes.available(deployed.runtime());
        return runtimes.lookAgain(before.id()).thenCompose(done -> {
            specs.forgetOthers(deployed, runtimes.available(deployed.runtime()));
            return spec(release, deployed);
        });
    }

    /** That what a version loads is still being made. */
    OpsException notReady(DeployedVersion deployed, Duration allowed) {
        return new OpsException(
                ErrorCode.NO_WORKER_IN_TIME,
                deployed.version().id() + " was not ready on the runtime "
                        + runtimes.available(deployed.runtime()).described() + " within " + allowed.toMillis()
                        + " ms: what it loads is still being made");
    }
}
