package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.UUID;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.WorkThreads;

/** The parts of this package, put together; started after what runs functions, and stopped before it. */
public final class Jobs implements Managed {
    /** One reads while another writes; what waits for the disk keeps no processor busy. */
    private static final int THREADS = 4;

    private static final Duration NO_WORKER_PAUSE = Duration.ofSeconds(10);

    private final WorkThreads work = new WorkThreads("job", THREADS);
    private final WorkThreads beginnings;
    private final JobRunner runner;
    private final JobKeeper keeper;
    private final JobService service;

    /**
     * Whatever jobs need of the rest.
     *
     * @param functions runs them
     */
    public record Needs(JobStorage storage, FunctionRuns functions) {}

    /**
     * How this node works.
     *
     * @param capacity how many jobs it has at once
     * @param workers how many of them may run at once
     * @param lease how long without renewing
     * @param shared whether others work with the same store
     */
    public record Node(int capacity, int workers, Duration lease, boolean shared) {}

    /** Jobs of a node, under a name that no other has. */
    public Jobs(JobSettings settings, Node node, Needs needs) {
        String name = UUID.randomUUID().toString();
        JobEvents events = new JobEvents();
        this.beginnings = new WorkThreads("job-begin", node.workers());
        JobRun.Parts parts = new JobRun.Parts(
                needs.storage(),
                needs.functions(),
                new JobRun.Threads(work, beginnings),
                new Recorder(work),
                events,
                settings.maxResultSize().bytes());
        this.runner = new JobRunner(
                name,
                node.capacity(),
                node.lease(),
                new JobRunner.WithoutWorker(NO_WORKER_PAUSE, settings.workerPatience()),
                parts);
        this.keeper = new JobKeeper(
                name,
                needs.storage(),
                runner,
                new JobKeeper.Intervals(
                        node.lease(),
                        settings.pollInterval(),
                        settings.cleanInterval(),
                        settings.orphanPatience(),
                        node.shared()),
                new JobStore.RetentionRules(
                        settings.keepFinished(), settings.keepSizePerClient().bytes(), settings.rememberDeleted()));
        JobStore.QueueLimits limits = new JobStore.QueueLimits(
                settings.maxWaiting(),
                settings.maxWaitingPerClient(),
                settings.maxOpenSizePerClient().bytes());
        JobIntake intake = new JobIntake(needs.storage(), new JobIds(), limits, new JobPolicy(settings), work);
        this.service = new JobService(needs.storage(), intake, runner, events, work);
    }

    /** What faces use. */
    public JobService service() {
        return service;
    }

    @Override
    public void start() {
        keeper.start();
        runner.start();
    }

    @Override
    public void stop() {
        runner.stop();
        keeper.stop();
        beginnings.stop();
        work.stop();
    }
}
