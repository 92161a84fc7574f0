package org.octaveserver.ops.job;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Takes jobs from the store as this node has room for them, and runs them. It asks when a job was accepted here, when one has
 * ended, and from time to time. Thread-safe.
 */
final class JobRunner implements Managed {
    private static final Logger LOG = LogManager.getLogger(JobRunner.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 10_000;

    private final String node;
    private final int capacity;
    private final Duration lease;
    private final WithoutWorker without;
    private final JobRun.Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();

    @GuardedBy("lock")
    private final Map<JobId, JobRun> active = new HashMap<>();

    /** Until when jobs are tried that went back into the queue because there was no worker. */
    @GuardedBy("lock")
    private final Map<JobId, Deadline> withoutWorker = new LinkedHashMap<>();

    /** Bundles of which none is taken before. */
    @GuardedBy("lock")
    private final Map<String, Deadline> paused = new HashMap<>();

    @GuardedBy("lock")
    private boolean asking;

    /** Whether something has happened since the question that is under way was asked. */
    @GuardedBy("lock")
    private boolean askAgain;

    @GuardedBy("lock")
    private boolean stopped;

    /**
     * What a node does for whose jobs there is no worker.
     *
     * @param pause how long no job is taken of a bundle then
     * @param patience for how long it tries again
     */
    record WithoutWorker(Duration pause, Duration patience) {}

    /**
     * A node without jobs.
     *
     * @param node as leases name it
     * @param capacity how many it has at once
     * @param lease how long it has them without renewing
     * @param without what it does when there is no worker to be had
     */
    JobRunner(String node, int capacity, Duration lease, WithoutWorker without, JobRun.Parts parts) {
        this.node = node;
        this.capacity = capacity;
        this.lease = lease;
        this.without = without;
        this.parts = parts;
    }

    @Override
    public void start() {
        wake();
    }

    /** There may be a job for this node. */
    void wake() {
        Optional<JobStore.ClaimRequest> request;
        lock.lock();
        try {
            if (asking) {
                askAgain = true;
                return;
            }
            request = request();
            asking = request.isPresent();
        } finally {
            lock.unlock();
        }
        request.ifPresent(this::ask);
    }

    @GuardedBy("lock")
    private Optional<JobStore.ClaimRequest> request() {
        int room = capacity - active.size();
        if (stopped || room <= 0) {
            return Optional.empty();
        }
        askAgain = false;
        return Optional.of(new JobStore.ClaimRequest(node, room, lease, roomOfBundles()));
    }

    /** How many of each bundle fit in, of those that may not run as many as there is room for. */
    @GuardedBy("lock")
    private Map<String, Integer> roomOfBundles() {
        Map<String, Integer> left = new HashMap<>(parts.functions().limits());
        active.values().forEach(run -> left.computeIfPresent(run.job().target().bundle(), (name, most) -> most - 1));
        left.replaceAll((name, most) -> Math.max(0, most));
        paused.values().removeIf(Deadline::passed);
        paused.keySet().forEach(name -> left.put(name, 0));
        return left;
    }

    private void ask(JobStore.ClaimRequest request) {
        var unused = parts.store().claim(request).whenComplete((claimed, failure) -> {
            if (failure != null) {
                LOG.debug("no jobs can be taken now: {}", failure.toString());
                answered(List.of(), false);
            } else {
                answered(claimed, claimed.size() == request.most());
            }
        });
    }

    private void answered(List<ClaimedJob> claimed, boolean perhapsMore) {
        List<JobRun> taken = new ArrayList<>();
        List<JobRun> replaced = new ArrayList<>();
        boolean again;
        boolean late;
        lock.lock();
        try {
            late = stopped;
            for (ClaimedJob one : late ? List.<ClaimedJob>of() : claimed) {
                JobId id = one.job().id();
                JobRun run = new JobRun(one, parts, Optional.ofNullable(withoutWorker.get(id)));
                taken.add(run);
                Optional.ofNullable(active.put(id, run)).ifPresent(replaced::add);
            }
            asking = false;
            answered.signalAll();
            again = askAgain || perhapsMore;
        } finally {
            lock.unlock();
        }
        if (late) {
            claimed.forEach(this::giveBack);
        }
        // This node had lost them without knowing, and has them once more.
        replaced.forEach(lost -> callOff(lost, "this node had lost the job meanwhile", Duration.ZERO));
        taken.forEach(this::run);
        if (again) {
            wake();
        }
    }

    private void giveBack(ClaimedJob claimed) {
        var unused = parts.records().untilKnown(() -> parts.store().giveBack(claimed.lease()));
    }

    /** Killing takes its time, which nobody who renews leases has. */
    private void callOff(JobRun run, String why, Duration grace) {
        OpsException reason = new OpsException(ErrorCode.JOB_CANCELLED, why);
        parts.threads().work().execute(() -> run.callOff(reason, grace));
    }

    /** Stops what runs under leases that this node has no more. */
    void lost(Set<JobLease> leases) {
        active().stream()
                .filter(run -> leases.contains(run.lease()) && !run.isCalledOff())
                .forEach(run -> callOff(
                        run,
                        "cancelled, or taken by another node",
                        run.job().order().rules().cancelGrace()));
    }

    private void run(JobRun run) {
        parts.events().changed(run.job().id());
        var unused = run.start().whenComplete((verdict, failure) -> over(run, verdict));
    }

    private void over(JobRun run, JobRun.Verdict verdict) {
        lock.lock();
        try {
            JobId id = run.job().id();
            active.remove(id, run);
            if (verdict == JobRun.Verdict.DONE) {
                withoutWorker.remove(id);
            } else {
                remember(id);
                paused.put(run.job().target().bundle(), Deadline.after(without.pause()));
            }
        } finally {
            lock.unlock();
        }
        parts.events().changed(run.job().id());
        wake();
    }

    /** Those that another node runs, or somebody cancels, do not come back: they are forgotten when there are many. */
    @GuardedBy("lock")
    private void remember(JobId id) {
        withoutWorker.putIfAbsent(id, Deadline.after(without.patience()));
        if (withoutWorker.size() > MOST_REMEMBERED) {
            withoutWorker.remove(withoutWorker.keySet().iterator().next());
        }
    }

    /** The attempt at a job that goes on here. */
    Optional<JobRun> find(JobId id) {
        lock.lock();
        try {
            return Optional.ofNullable(active.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Those that go on here. */
    List<JobRun> active() {
        lock.lock();
        try {
            return List.copyOf(active.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more, and ends what runs: what may be run again goes back into the queue, the rest ends in an error that says
     * why.
     */
    @Override
    public void stop() {
        refuseMore();
        OpsException why =
                new OpsException(ErrorCode.JOB_INTERRUPTED, "the server stopped while the job's function ran");
        List<CompletableFuture<JobRun.Verdict>> ends = new ArrayList<>();
        for (JobRun run : active()) {
            run.callOff(why, Duration.ZERO);
            ends.add(run.over());
        }
        await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));
    }

    /** What a question that is under way brings goes back. */
    private void refuseMore() {
        Deadline deadline = Deadline.after(STOP_LIMIT);
        lock.lock();
        try {
            stopped = true;
            while (asking && !deadline.passed()) {
                long unused = answered.awaitNanos(deadline.remainingNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void await(CompletableFuture<Void> ends) {
        try {
            ends.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("what became of some jobs is found out at the next start: {}", e.toString());
        }
    }
}
