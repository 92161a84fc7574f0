package org.octaveserver.ops.worker;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.octaveserver.ops.wire.Exited;

/**
 * How the workers of one template end. That one has ended may be told before whoever forked it has heard of it.
 * Thread-safe.
 */
final class ForkedExits {
    private final Map<Long, CompletableFuture<OptionalInt>> exits = new ConcurrentHashMap<>();
    /** The numbers by which the system knows them, where those of the template are others. */
    private final Map<Long, Long> outer = new ConcurrentHashMap<>();

    private volatile boolean orphaned;

    /**
     * Completes with the exit status of a worker that was just forked; with none when nobody can tell it.
     *
     * @param pid its number, as the template knows it
     * @param known as the system knows it
     */
    CompletableFuture<OptionalInt> of(long pid, long known) {
        outer.put(pid, known);
        CompletableFuture<OptionalInt> exit = entry(pid);
        // Its number may be used again.
        var unused = exit.thenRun(() -> {
            outer.remove(pid, known);
            exits.remove(pid, exit);
        });
        if (orphaned) {
            watch(known, exit);
        }
        return exit;
    }

    /** The template has told of an end. */
    void ended(Exited exited) {
        entry(exited.pid()).complete(OptionalInt.of(exited.status()));
    }

    /** The template is gone, and its workers have no parent that would be told. */
    void orphaned() {
        orphaned = true;
        exits.forEach((pid, exit) -> watch(outer.getOrDefault(pid, pid), exit));
    }

    /** Whether nobody reaps them any more. */
    boolean areOrphaned() {
        return orphaned;
    }

    private static void watch(long pid, CompletableFuture<OptionalInt> exit) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            exit.complete(OptionalInt.empty());
        } else {
            var unused = process.get().onExit().thenRun(() -> exit.complete(OptionalInt.empty()));
        }
    }

    /** Whether none of the workers lives. */
    boolean isEmpty() {
        return exits.isEmpty();
    }

    private CompletableFuture<OptionalInt> entry(long pid) {
        return exits.computeIfAbsent(pid, p -> new CompletableFuture<>());
    }
}
