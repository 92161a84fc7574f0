package org.octaveserver.ops.web.manage;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;

/** Lets clients watch jobs, some number of them at once, without a thread for each. Thread-safe. */
public final class JobWatches {
    private final JobService jobs;
    private final Executor work;
    private final Watchdog watchdog;
    private final Limits limits;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * What a server spends on watches.
     *
     * @param most how many there may be at once
     * @param heartbeat after how long without news an event stream says that it is still there
     */
    public record Limits(int most, Duration heartbeat) {}

    /**
     * Nobody watches yet.
     *
     * @param work threads that look; they may wait for the store
     */
    public JobWatches(JobService jobs, Executor work, Watchdog watchdog, Limits limits) {
        this.jobs = jobs;
        this.work = work;
        this.watchdog = watchdog;
        this.limits = limits;
    }

    JobService jobs() {
        return jobs;
    }

    Duration heartbeat() {
        return limits.heartbeat();
    }

    /** A client that takes nothing for so long reads no more. */
    Duration mostStuck() {
        return limits.heartbeat().multipliedBy(2);
    }

    /**
     * A place for one more, until it is given back.
     *
     * @throws OpsException TOO_MANY_WATCHES
     */
    Place place() {
        if (open.incrementAndGet() > limits.most()) {
            open.decrementAndGet();
            throw OpsException.until(
                    Duration.ofSeconds(5),
                    ErrorCode.TOO_MANY_WATCHES,
                    limits.most() + " clients watch jobs already (setting ops.http.max-watches)");
        }
        return new Place(open);
    }

    /** A place, to be given back once. */
    static final class Place {
        private final AtomicInteger open;

        private Place(AtomicInteger open) {
            this.open = open;
        }

        void giveBack() {
            open.decrementAndGet();
        }
    }

    /**
     * Begins to look at a job, in a place which it gives back when it is closed.
     *
     * @param end a moment at which it looks as well
     * @param look is called by one thread at a time
     */
    JobWatch begin(JobId id, Place place, Deadline end, JobWatch.Look look) {
        return JobWatch.begin(new JobWatch.Parts(jobs, work, watchdog), id, end, look, place::giveBack);
    }
}
