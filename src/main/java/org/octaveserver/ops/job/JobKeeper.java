package org.octaveserver.ops.job;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;

/**
 * What is to be done for jobs from time to time: renews the leases of this node's, takes those of nodes that are gone, forgets
 * what need not be kept. What fails is tried again the next time. Thread-safe.
 */
final class JobKeeper implements Managed {
    private static final Logger LOG = LogManager.getLogger(JobKeeper.class);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration MOST_SILENT = Duration.ofSeconds(2);
    private static final int RENEWALS = 3;
    private static final JobProblem INTERRUPTED = new JobProblem(
            ErrorCode.JOB_INTERRUPTED.name(),
            "the server stopped while the job's function ran, and the function is not one that may run twice"
                    + " (jobs.idempotent of the bundle's ops.json)");

    private final String node;
    private final JobStorage storage;
    private final JobRunner runner;
    private final Intervals intervals;
    private final JobStore.RetentionRules retention;
    private final OrphanFiles orphans;
    private final PeriodicTasks beats = new PeriodicTasks("job-leases");
    private final PeriodicTasks chores = new PeriodicTasks("job-keeper");

    /**
     * How often.
     *
     * @param lease how long jobs are this node's without renewing
     * @param poll for jobs of other nodes
     * @param clean for what need not be kept
     * @param orphans how long a file may be there without a job
     * @param shared whether other nodes work with the same store
     */
    record Intervals(Duration lease, Duration poll, Duration clean, Duration orphans, boolean shared) {}

    /**
     * A keeper that has not begun.
     *
     * @param node as leases name it
     */
    JobKeeper(
            String node, JobStorage storage, JobRunner runner, Intervals intervals, JobStore.RetentionRules retention) {
        this.node = node;
        this.storage = storage;
        this.runner = runner;
        this.intervals = intervals;
        this.retention = retention;
        this.orphans = new OrphanFiles(storage, intervals.orphans());
    }

    /** Takes the jobs of a server that has died before, first of all. */
    @Override
    public void start() {
        if (!intervals.shared()) {
            noteLeftovers();
        }
        recover();
        Duration beat = shorter(intervals.lease().dividedBy(RENEWALS), MOST_SILENT);
        beats.repeat(beat, beat, this::renew);
        chores.repeat(intervals.poll(), intervals.poll(), this::look);
        chores.repeat(intervals.clean(), intervals.clean(), this::clean);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void noteLeftovers() {
        try {
            orphans.noteLeftovers();
        } catch (IOException e) {
            LOG.warn("what an earlier server left of jobs stays for now: {}", e.toString());
        }
    }

    private void renew() {
        Map<JobLease, JobStore.Report> reports = new HashMap<>();
        runner.active().forEach(run -> reports.put(run.lease(), run.report()));
        if (reports.isEmpty()) {
            return;
        }
        runner.lost(answer(storage.store().renew(intervals.lease(), reports)).orElse(Set.of()));
    }

    private void look() {
        recover();
        runner.wake();
    }

    private void recover() {
        List<Job> recovered;
        do {
            recovered = answer(storage.store().recover(node, INTERRUPTED)).orElse(List.of());
            recovered.forEach(job -> LOG.info(
                    "job={} of node={} is {} now: that node is gone",
                    job.id(),
                    job.status().node(),
                    job.state()));
        } while (!recovered.isEmpty());
    }

    private void clean() {
        Optional<List<String>> files;
        do {
            files = answer(storage.store().forget(retention)).flatMap(some -> some);
            files.ifPresent(storage.files()::remove);
        } while (files.isPresent());
        try {
            orphans.sweep();
        } catch (IOException e) {
            LOG.warn("files of jobs that belong to nobody stay for now: {}", e.toString());
        }
    }

    /** Nothing when there is none now. */
    private static <T> Optional<T> answer(CompletableFuture<T> asked) {
        try {
            return Optional.of(asked.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the store of jobs does not answer: {}", OpsException.of(e).getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void stop() {
        chores.stop();
        beats.stop();
    }
}
