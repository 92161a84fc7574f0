package org.octaveserver.ops.web.edge;

import java.util.concurrent.atomic.AtomicLong;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * How much memory the bodies of requests take that wait or run, so that many large ones do not take all of it.
 * Thread-safe.
 */
public final class HeldBytes {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /**
     * None are held.
     *
     * @param limit the most bytes; one request alone may take more
     */
    public HeldBytes(long limit) {
        this.limit = limit;
    }

    /** The part of a request that has come. */
    public Share share() {
        return new Share();
    }

    /**
     * What one request takes. Whoever ends the request may close it while another thread still takes: what is taken after
     * that is not counted, and closing it twice does nothing.
     */
    public final class Share implements AutoCloseable {
        private static final long CLOSED = -1;

        private final AtomicLong own = new AtomicLong();

        private Share() {}

        /**
         * Takes more.
         *
         * @throws OpsException QUEUE_FULL, with numbers, when others take too much
         */
        void take(long bytes) {
            // First: whoever closes this meanwhile gives back what is counted only then.
            long mine = own.updateAndGet(before -> before == CLOSED ? CLOSED : before + bytes);
            if (mine == CLOSED) {
                return;
            }
            long all = held.addAndGet(bytes);
            if (all > limit && all > mine) {
                throw new OpsException(
                        ErrorCode.QUEUE_FULL,
                        "the bodies of the calls that wait or run take " + all + " bytes; " + limit
                                + " are allowed (setting ops.http.max-held, by default a quarter of the heap)");
            }
        }

        @Override
        public void close() {
            long mine = own.getAndSet(CLOSED);
            if (mine != CLOSED) {
                held.addAndGet(-mine);
            }
        }
    }
}
