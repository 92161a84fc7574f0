package org.octaveserver.ops.stats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.octaveserver.ops.call.CallListener;
import org.octaveserver.ops.wire.MetricUpdate;

/** Counts calls, and keeps what user code reports. Thread-safe; a snapshot is consistent in itself. */
public final class CallMeter implements CallListener {
    private final LongSupplier nanoClock;
    private final BundleMetrics reported;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private long waiting;

    /** Of the waiting calls; may wrap round, as the clock's readings may, without harm to differences. */
    @GuardedBy("lock")
    private long sumOfArrivals;

    @GuardedBy("lock")
    private long running;

    @GuardedBy("lock")
    private long succeeded;

    @GuardedBy("lock")
    private long failed;

    /**
     * A meter at zero.
     *
     * @param nanoClock as {@link System#nanoTime()}
     */
    public CallMeter(LongSupplier nanoClock, BundleMetrics reported) {
        this.nanoClock = nanoClock;
        this.reported = reported;
    }

    /** The numbers of this moment. */
    public CallCounts counts() {
        lock.lock();
        try {
            long waited = waiting * nanoClock.getAsLong() - sumOfArrivals;
            return new CallCounts(waiting, Duration.ofNanos(waited), running, succeeded, failed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused() {
        lock.lock();
        try {
            failed++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reported(String bundle, List<MetricUpdate> updates) {
        reported.update(bundle, updates);
    }

    @Override
    public Tracked arrived() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            waiting++;
            sumOfArrivals += now;
            return new OneCall(now);
        } finally {
            lock.unlock();
        }
    }

    /** Belongs to the thread of its call. */
    private final class OneCall implements Tracked {
        private final long arrival;
        private boolean hasStarted;

        OneCall(long arrival) {
            this.arrival = arrival;
        }

        @Override
        public void started() {
            lock.lock();
            try {
                leaveQueue();
                running++;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(boolean answered) {
            lock.lock();
            try {
                if (hasStarted) {
                    running--;
                } else {
                    leaveQueue();
                }
                succeeded += answered ? 1 : 0;
                failed += answered ? 0 : 1;
            } finally {
                lock.unlock();
            }
        }

        @GuardedBy("lock")
        private void leaveQueue() {
            hasStarted = true;
            waiting--;
            sumOfArrivals -= arrival;
        }
    }
}
