package org.octaveserver.ops.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * How many calls may wait on this node: in all, of one party, and for one bundle. One that may not is refused at once, with
 * the numbers and with the time after which there should be room. Thread-safe: of two calls for the last place one is
 * refused.
 */
final class Admission {
    /** How much the time of the call that ended last counts beside that of those before it. */
    private static final double NEWEST = 0.1;

    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofMinutes(2);

    private final CallSettings settings;
    private final Supplier<String> workers;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Integer> ofParties = new HashMap<>();

    @GuardedBy("lock")
    private final Map<String, Integer> ofBundles = new HashMap<>();

    @GuardedBy("lock")
    private int waiting;

    @GuardedBy("lock")
    private int running;

    /** What a call takes of a worker, in nanoseconds; about. */
    @GuardedBy("lock")
    private double usual;

    /**
     * A node on which no call waits.
     *
     * @param workers tells about the workers, for messages
     */
    Admission(CallSettings settings, Supplier<String> workers) {
        this.settings = settings;
        this.workers = workers;
    }

    /** A call that was let in. Each step is for one thread at a time, and taken once. */
    interface Ticket {
        /** It has a worker. */
        void runs();

        /** It gives its worker back. */
        void ran();

        /** It waits no longer, and got no worker. */
        void gaveUp();
    }

    /** A call that waits among others. */
    private final class Waiting implements Ticket {
        private final String party;
        private final String bundle;
        private long began;

        private Waiting(String party, String bundle) {
            this.party = party;
            this.bundle = bundle;
        }

        @Override
        public void runs() {
            lock.lock();
            try {
                leave(party, bundle);
                running++;
                began = System.nanoTime();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ran() {
            lock.lock();
            try {
                running--;
                double took = System.nanoTime() - began;
                usual = usual == 0 ? took : usual + NEWEST * (took - usual);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void gaveUp() {
            lock.lock();
            try {
                leave(party, bundle);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Lets a call wait.
     *
     * @param mostOfBundle how many calls may wait for its bundle
     * @throws OpsException QUEUE_FULL, BUNDLE_QUEUE_FULL or TOO_MANY_CALLS, with numbers
     */
    Ticket enter(String party, String bundle, OptionalInt mostOfBundle) {
        lock.lock();
        try {
            refuseAbove(settings.maxWaiting(), waiting, ErrorCode.QUEUE_FULL, "queue full: %d calls wait (%s)");
            refuseAbove(
                    settings.maxWaitingPerClient().orElse(Integer.MAX_VALUE),
                    ofParties.getOrDefault(party, 0),
                    ErrorCode.TOO_MANY_CALLS,
                    "%d calls of yours wait already (setting ops.call.max-waiting-per-client; %s)");
            refuseAbove(
                    mostOfBundle.orElse(Integer.MAX_VALUE),
                    ofBundles.getOrDefault(bundle, 0),
                    ErrorCode.BUNDLE_QUEUE_FULL,
                    "%d calls wait for bundle \"" + bundle + "\" already (calls.waiting of its ops.json; %s)");
            waiting++;
            ofParties.merge(party, 1, Integer::sum);
            ofBundles.merge(bundle, 1, Integer::sum);
            return new Waiting(party, bundle);
        } finally {
            lock.unlock();
        }
    }

    /** For a call that waits elsewhere too: it takes nobody's place here, and its time is not what calls usually take. */
    Ticket pass() {
        return new Passing();
    }

    /** A call of which only the running counts. */
    private final class Passing implements Ticket {
        @Override
        public void runs() {
            run(1);
        }

        @Override
        public void ran() {
            run(-1);
        }

        @Override
        public void gaveUp() {}

        private void run(int more) {
            lock.lock();
            try {
                running += more;
            } finally {
                lock.unlock();
            }
        }
    }

    @GuardedBy("lock")
    private void refuseAbove(int limit, int count, ErrorCode code, String message) {
        if (count >= limit) {
            throw OpsException.until(untilRoom(), code, String.format(message, count, workers.get()));
        }
    }

    /** When the calls that wait now will have had their workers, if they take as long as others did. */
    @GuardedBy("lock")
    private Duration untilRoom() {
        Duration estimate = Duration.ofNanos((long) (usual * waiting / Math.max(1, running)));
        if (estimate.compareTo(LEAST_WAIT) < 0) {
            return LEAST_WAIT;
        }
        return estimate.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : estimate;
    }

    @GuardedBy("lock")
    private void leave(String party, String bundle) {
        waiting--;
        ofParties.computeIfPresent(party, (key, count) -> count > 1 ? count - 1 : null);
        ofBundles.computeIfPresent(bundle, (key, count) -> count > 1 ? count - 1 : null);
    }
}
