package org.octaveserver.ops.call;

import java.util.concurrent.CompletableFuture;

/** Whoever looks after a call while it goes on, such as a job. Each method may come on any thread and must be quick. */
public interface CallAttendant {
    /** Of calls whose caller waits for them. */
    CallAttendant NONE = new CallAttendant() {
        @Override
        public CompletableFuture<Void> begins() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void progressed(double fraction, String message) {}
    };

    /**
     * A worker is there. The function runs when this completes; when it fails, the call ends with that and the worker is
     * free again, unused. The worker waits meanwhile: one that does not complete within two minutes fails the call.
     */
    CompletableFuture<Void> begins();

    /**
     * The function says how far it is. What its bundle sends around {@code ops.progress} may come as often as it likes,
     * and one may come when the call has just been cancelled.
     *
     * @param fraction from 0 to 1
     * @param message one line, or empty
     */
    void progressed(double fraction, String message);
}
