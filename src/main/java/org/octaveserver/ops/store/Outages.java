package org.octaveserver.ops.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Whether the database can be used, and what is said when it cannot. Thread-safe. */
final class Outages {
    private static final Logger LOG = LogManager.getLogger(Outages.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** Of a lease, this part without a write is a stall: the next renewals may come too late. */
    private static final int MOST_STALLED = 3;

    private final LongSupplier nanoTime;
    private final long lease;
    /** What the log says. */
    private final AtomicReference<Trouble> trouble = new AtomicReference<>(Trouble.NONE);
    /** Whether something has failed since the last time that the same worked. */
    private final AtomicBoolean failing = new AtomicBoolean();
    /** The end of the time in which those whose leases ran out meanwhile may renew them. */
    private final AtomicLong graceEnds;
    /** When this process last wrote, or had nothing to write. */
    private volatile long wellAt;

    /** Where it was noticed that the database cannot be used: a full disk keeps nobody from reading. */
    private enum Trouble {
        NONE,
        READING,
        WRITING
    }

    /**
     * No outage yet.
     *
     * @param lease after the end of an outage, nobody's lease counts as lost for so long
     */
    Outages(LongSupplier nanoTime, Duration lease) {
        this.nanoTime = nanoTime;
        this.lease = lease.toNanos();
        this.graceEnds = new AtomicLong(nanoTime.getAsLong());
        this.wellAt = nanoTime.getAsLong();
    }

    /** For how long nobody's lease counts as lost after an outage. */
    Duration lease() {
        return Duration.ofNanos(lease);
    }

    /** Somebody has read: of whether one can write that tells nothing. */
    void read() {
        if (trouble.get() == Trouble.READING) {
            works();
            over(Trouble.READING);
        }
    }

    private void works() {
        if (failing.getAndSet(false)) {
            graceEnds.set(nanoTime.getAsLong() + lease);
        }
    }

    private void over(Trouble one) {
        if (trouble.compareAndSet(one, Trouble.NONE)) {
            LOG.info("the store of jobs can be used again");
        }
    }

    /** Whether the log says that one cannot write. */
    boolean isWriting() {
        return trouble.get() == Trouble.WRITING;
    }

    /** Watches the clock of the database. */
    ClockSteps steps() {
        return new ClockSteps(nanoTime, lease / MOST_STALLED);
    }

    /** The one thread that writes begins. It knows nothing of what was before, and lets everybody renew first. */
    void begins() {
        wellAt = nanoTime.getAsLong();
        graceEnds.set(wellAt + lease);
    }

    /** The clock of the database was put forward, or back, by so many milliseconds: what has run out by it says nothing. */
    void stepped(long millis) {
        graceEnds.set(nanoTime.getAsLong() + lease);
        LOG.warn(
                "the clock of the database of jobs was put {} by {} ms; leases count again after their time",
                millis > 0 ? "forward" : "back",
                Math.abs(millis));
    }

    /**
     * What was to be written is on disk.
     *
     * @param changed whether that was anything: else a full disk would seem to have room again
     */
    void wrote(boolean changed) {
        works();
        over(Trouble.READING);
        if (changed) {
            over(Trouble.WRITING);
        }
        idle();
    }

    /**
     * Nothing is left to be written. When that was not so for long, because somebody held a lock or the process was paused,
     * leases may have run out for no other reason.
     */
    void idle() {
        long now = nanoTime.getAsLong();
        if (isStalled()) {
            graceEnds.set(now + lease);
            LOG.info("for a while nothing could be written to the store of jobs; leases count again after their time");
        }
        wellAt = now;
    }

    /** How long the thread that writes may wait for work without looking like one that cannot write. */
    Duration longestIdle() {
        return Duration.ofNanos(Math.min(lease / MOST_STALLED / 3, TimeUnit.SECONDS.toNanos(1)));
    }

    private boolean isStalled() {
        return nanoTime.getAsLong() - wellAt > lease / MOST_STALLED;
    }

    /** Whether an outage or a time without writing goes on, or has ended a moment ago. */
    boolean isRecent() {
        return failing.get() || isStalled() || graceEnds.get() - nanoTime.getAsLong() > 0;
    }

    /** What failed, as a named failure; an outage is logged once. */
    OpsException asFailure(Throwable failure, Dialect dialect) {
        return asFailure(failure, dialect, Trouble.WRITING);
    }

    private OpsException asFailure(Throwable failure, Dialect dialect, Trouble where) {
        if (failure instanceof OpsException known) {
            return known;
        }
        StoreFailure judged = judge(failure, dialect);
        if (judged.kind() == StoreFailure.Kind.STATEMENT) {
            return new OpsException(ErrorCode.INTERNAL, "the store of jobs failed", failure);
        }
        failing.set(true);
        if (trouble.getAndAccumulate(where, (old, now) -> old == Trouble.WRITING ? old : now) == Trouble.NONE) {
            LOG.error("the store of jobs cannot be used: {}", judged.words(), failure);
        }
        return OpsException.until(
                RETRY,
                ErrorCode.JOB_STORE_UNAVAILABLE,
                dialect.place() + " cannot be used now: " + judged.words() + "; try again later");
    }

    private static StoreFailure judge(Throwable failure, Dialect dialect) {
        StoreFailure judged = cause(failure).map(dialect::judge).orElse(StoreFailure.statement());
        return isWithoutConnection(failure) && judged.kind() == StoreFailure.Kind.STATEMENT
                ? StoreFailure.outage("it cannot be reached")
                : judged;
    }

    /** Whether the same would fail again, however well the database is. */
    static boolean isOwnFault(Throwable failure, Dialect dialect) {
        return failure instanceof OpsException || judge(failure, dialect).kind() == StoreFailure.Kind.STATEMENT;
    }

    /**
     * As {@link #asFailure}, for one of those that read: whoever gets no connection because the others are in use knows
     * nothing of the database.
     */
    OpsException asFailureOfReading(Throwable failure, Dialect dialect) {
        boolean busy = cause(failure)
                .filter(deepest -> deepest instanceof SQLTransientConnectionException)
                .isPresent();
        if (busy && !failing.get()) {
            return OpsException.until(
                    RETRY,
                    ErrorCode.JOB_STORE_UNAVAILABLE,
                    "all readers of " + dialect.place() + " are busy now; try again later");
        }
        return asFailure(failure, dialect, Trouble.READING);
    }

    /** What a database said, however deep that is. */
    static Optional<SQLException> cause(Throwable failure) {
        Optional<SQLException> deepest = Optional.empty();
        for (@Nullable Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof SQLException found) {
                deepest = Optional.of(found);
            }
        }
        return deepest;
    }

    /** Whether the same may pass at once; not when somebody has waited for a connection in vain already. */
    static boolean isPassing(Throwable failure, Dialect dialect) {
        return !isWithoutConnection(failure)
                && cause(failure)
                        .map(dialect::judge)
                        .filter(judged -> judged.kind() == StoreFailure.Kind.PASSING)
                        .isPresent();
    }

    private static boolean isWithoutConnection(Throwable failure) {
        for (@Nullable Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }
}
