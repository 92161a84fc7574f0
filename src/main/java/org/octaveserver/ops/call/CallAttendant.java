package org.octaveserver.ops.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.value.OctaveValue;

/** Whoever looks after a call while it goes on, such as a job. Each method may come on any thread and must be quick. */
public interface CallAttendant {
    /** Of calls whose caller waits for them. */
    CallAttendant NONE = new CallAttendant() {
        @Override
        public CompletableFuture<List<OctaveValue>> begins() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void progressed(double fraction, String message) {}
    };

    /**
     * A worker is there. The function runs when this completes, with the arguments that it completes with; when it fails, the
     * call ends with that and the worker is free again, unused. The worker waits meanwhile: one that does not complete within
     * two minutes fails the call. Whoever completes it is held until the worker has taken the arguments.
     */
    CompletableFuture<List<OctaveValue>> begins();

    /**
     * The function says how far it is. What its bundle sends around {@code ops.progress} may come as often as it likes,
     * and one may come when the call has just been cancelled.
     *
     * @param fraction from 0 to 1
     * @param message one line, or empty
     */
    void progressed(double fraction, String message);
}
