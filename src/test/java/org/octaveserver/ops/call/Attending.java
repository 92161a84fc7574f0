package org.octaveserver.ops.call;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** Lets calls begin when a test says so. */
final class Attending implements CallAttendant {
    private final Queue<CompletableFuture<Void>> begun = new ConcurrentLinkedQueue<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableFuture<Void> begins() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        begun.add(future);
        return future;
    }

    @Override
    public void progressed(double fraction, String message) {
        told.add(fraction + " " + message);
    }

    /** Waits until a call is to begin. */
    CompletableFuture<Void> asked() {
        Awaitility.await().until(() -> !begun.isEmpty());
        return begun.remove();
    }

    /** What is to begin. */
    List<CompletableFuture<Void>> begun() {
        return List.copyOf(begun);
    }

    /** How far calls have been, in order. */
    List<String> told() {
        return List.copyOf(told);
    }
}
