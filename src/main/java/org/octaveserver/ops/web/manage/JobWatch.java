package org.octaveserver.ops.web.manage;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.job.JobEvents;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.lifecycle.Watchdog;

/**
 * Looks at a job again and again, until it is closed: when something may have changed here, and each second, for what changes
 * on other nodes is not told here. Thread-safe.
 */
final class JobWatch implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(JobWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Parts parts;
    private final Deadline end;
    private final Look look;
    private final Runnable closing;
    /** How often a look was asked for since the last one began. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile JobEvents.@Nullable Watch events;
    private volatile Watchdog.@Nullable Watch next;

    /** What all of them use. */
    record Parts(JobService jobs, Executor work, Watchdog watchdog) {}

    /** What is done again and again. */
    interface Look {
        void at(JobWatch watch);
    }

    private JobWatch(Parts parts, Deadline end, Look look, Runnable closing) {
        this.parts = parts;
        this.end = end;
        this.look = look;
        this.closing = closing;
    }

    /**
     * Begins to look.
     *
     * @param end a moment at which it looks as well
     * @param closing is called once, when it is closed
     */
    static JobWatch begin(Parts parts, JobId id, Deadline end, Look look, Runnable closing) {
        JobWatch watch = new JobWatch(parts, end, look, closing);
        watch.events = parts.jobs().watch(id, watch::wake);
        watch.tick();
        return watch;
    }

    private void tick() {
        wake();
        Duration left = end.remaining();
        boolean soon = !left.isZero() && left.compareTo(PAUSE) < 0;
        next = parts.watchdog().watch(soon ? end : Deadline.after(PAUSE), this::tick);
        if (closed.get()) {
            callOff();
        }
    }

    /** Something may have changed. Quick. */
    void wake() {
        if (!closed.get() && asked.getAndIncrement() == 0) {
            try {
                parts.work().execute(this::run);
            } catch (RejectedExecutionException e) {
                LOG.debug("nobody looks any more, the server stops", e);
            }
        }
    }

    private void run() {
        int seen;
        do {
            seen = asked.get();
            if (!closed.get()) {
                Step.take(() -> look.at(this), failure -> {
                    LOG.error("who watches a job is told no more", failure);
                    close();
                });
            }
        } while (asked.addAndGet(-seen) != 0);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            callOff();
            closing.run();
        }
    }

    private void callOff() {
        JobEvents.Watch told = events;
        if (told != null) {
            told.close();
        }
        Watchdog.Watch later = next;
        if (later != null) {
            later.close();
        }
    }
}
