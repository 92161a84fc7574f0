package org.octaveserver.ops.call;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.octaveserver.ops.value.OctaveValue;

/** Lets calls begin when a test says so. */
final class Attending implements CallAttendant {
    private final Queue<CompletableFuture<List<OctaveValue>>> begun = new ConcurrentLinkedQueue<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableFuture<List<OctaveValue>> begins() {
        CompletableFuture<List<OctaveValue>> future = new CompletableFuture<>();
        begun.add(future);
        return future;
    }

    @Override
    public void progressed(double fraction, String message) {
        told.add(fraction + " " + message);
    }

    /** Waits until a call is to begin. */
    CompletableFuture<List<OctaveValue>> asked() {
        Awaitility.await().until(() -> !begun.isEmpty());
        return begun.remove();
    }

    /** What is to begin. */
    List<CompletableFuture<List<OctaveValue>>> begun() {
        return List.copyOf(begun);
    }

    /** How far calls have been, in order. */
    List<String> told() {
        return List.copyOf(told);
    }
}
