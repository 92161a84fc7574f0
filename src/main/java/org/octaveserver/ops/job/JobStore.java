package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Where jobs are kept. What changes something answers a future that completes when the change is on disk; many changes may
 * go to disk together. Each is one atomic step, and moves a job only along {@link JobState#next}. A node takes jobs by
 * claiming them, keeps them by renewing its leases, and reports under the lease: a message stream could be behind this as well.
 *
 * <p>Futures complete on a thread of the store, where only quick things may be done, and fail with an
 * {@link org.octaveserver.ops.error.OpsException}: {@code JOB_STORE_UNAVAILABLE} when the change is not known to be on
 * disk and may be tried again. Reads throw the same. Thread-safe.
 */
public interface JobStore {
    /** Names this store for ever; nodes that share it share the name. */
    UUID instance();

    /** The counter of changes of state, now. No change that is not yet visible will have a smaller or the same number. */
    long sequence();

    /**
     * Accepts a job.
     *
     * @return fails with JOB_QUEUE_FULL or TOO_MANY_JOBS beyond the limits; with IDEMPOTENCY_KEY_REUSED when the owner has
     *     used the key for another request
     */
    CompletableFuture<Submitted> submit(NewJob job, QueueLimits limits);

    /**
     * What became of a submission.
     *
     * @param job as it is now
     * @param added false when the key had been used for the same request: then this is that one's job, perhaps deleted
     *     since, and the new one's files belong to nobody
     */
    record Submitted(Job job, boolean added) {}

    /**
     * How many jobs may wait, and what they may take.
     *
     * @param most in all
     * @param mostOfParty of one party
     * @param bytesOfParty what the arguments of a party's jobs may take that have not finished
     */
    record QueueLimits(int most, int mostOfParty, long bytesOfParty) {}

    /**
     * Takes jobs that wait, for as long as the lease lasts: those of each party in turn, of a party the most urgent ones
     * first, then the oldest.
     */
    CompletableFuture<List<ClaimedJob>> claim(ClaimRequest request);

    /**
     * What a node can take.
     *
     * @param node who asks
     * @param most how many
     * @param lease how long it has them without renewing
     * @param room how many of a bundle's, where that is limited
     */
    record ClaimRequest(String node, int most, Duration lease, Map<String, Integer> room) {}

    /** Notes that the function begins. False when the job is not the lease's any more: then it must not. */
    CompletableFuture<Boolean> begin(JobLease lease);

    /**
     * Puts a job back, which has not begun or may run again, from whichever of both states it is in. False when it is not the
     * lease's any more.
     */
    CompletableFuture<Boolean> giveBack(JobLease lease);

    /**
     * Records how a job ended. False when it is not the lease's any more: then nothing of it counts. True again for the same
     * ending of the same lease, so that it can be repeated when its answer was lost.
     */
    CompletableFuture<Boolean> finish(JobLease lease, Ending ending);

    /** Records what a job printed that was cancelled while the lease's node ran it. False when it is another's now. */
    CompletableFuture<Boolean> keepOutput(JobLease lease, Payload output);

    /**
     * Renews leases, with what the functions say.
     *
     * @return the leases that are lost: their jobs were cancelled, or are another node's
     */
    CompletableFuture<Set<JobLease>> renew(Duration lease, Map<JobLease, Report> reports);

    /**
     * What is known of a job that runs.
     *
     * @param tail the end of what it has printed
     */
    record Report(Progress progress, String tail) {}

    /** Calls a job off, if it waits or runs. */
    CompletableFuture<Touched> cancel(JobId id, JobProblem why);

    /**
     * Removes a finished job. What remains until it is forgotten: its id, what it called, whose it is (the principal, and what
     * the client calls itself), how it was ordered, its states' times and node, and its key. What goes: its payloads, whom
     * to tell, the address of its client (but for that in the key of an anonymous one), what its function said and why it
     * did not return. What is to be told already still is.
     */
    CompletableFuture<Touched> delete(JobId id);

    /**
     * What a change found.
     *
     * @param before the job as it was; absent when there is none of that id
     * @param changed whether the change was made: else {@code before} is what stood against it
     * @param files that nothing refers to any more
     */
    record Touched(Optional<Job> before, boolean changed, List<String> files) {}

    /**
     * Takes jobs from nodes that are gone: those that had not begun, and idempotent ones that may begin once more, wait
     * again; the others end in ERROR.
     *
     * @param why for those
     * @return the jobs as they are now, at most some hundreds; to be called again until there are none
     */
    CompletableFuture<List<Job>> recover(String node, JobProblem why);

    Optional<Job> find(JobId id);

    /** The end of what a job that runs somewhere else had printed at the last report. */
    String tail(JobId id);

    Optional<Payload> payload(JobId id, Payload.Kind kind);

    /**
     * Those that match and have changed at {@code since} or later, deleted ones left out, by their last change. No two have
     * the same number.
     */
    List<Job> changed(ChangeQuery query);

    /**
     * Which changes somebody wants to see.
     *
     * @param since the first number of the counter
     * @param clients names of clients, or
     * @param ids ids of jobs: exactly one of both is not empty
     * @param viewer who asks
     * @param most how many at most: the first ones
     */
    record ChangeQuery(long since, Set<String> clients, Set<JobId> ids, Viewer viewer, int most) {}

    /** One page, newest first; deleted ones are left out unless they are asked for. */
    List<Job> list(JobQuery query);

    /** How many jobs are in each state that is open. */
    Map<JobState, Long> open();

    /** The ids of all versions that open jobs call: they must stay in the bundle store, and so must these releases. */
    Map<String, Set<Long>> versionsInUse();

    /**
     * Forgets what need not be kept any more, some at a time.
     *
     * @return files that nothing refers to any more; nothing when there is nothing left to forget
     */
    CompletableFuture<Optional<List<String>>> forget(RetentionRules rules);

    /**
     * What finished jobs are kept.
     *
     * @param keepFor since they ended
     * @param bytesOfParty of results, outputs and arguments of one party's finished jobs; the oldest go first
     * @param rememberFor how long deleted ones are remembered
     */
    record RetentionRules(Duration keepFor, long bytesOfParty, Duration rememberFor) {}

    /** Those of the files that something refers to. */
    Set<String> referred(Collection<String> files);
}
