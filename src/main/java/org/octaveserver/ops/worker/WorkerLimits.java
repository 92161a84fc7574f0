package org.octaveserver.ops.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What workers of one bundle may use.
 *
 * @param allowances what is limited; the rest is not
 */
public record WorkerLimits(Map<WorkerLimit, Allowance> allowances) {
    /** Of a worker that may use what the server's account may. */
    public static final WorkerLimits NONE = new WorkerLimits(Map.of());

    /** Those that the system holds, for each process by itself. */
    private static final List<WorkerLimit> HELD =
            List.of(WorkerLimit.ADDRESS_SPACE, WorkerLimit.FILE_SIZE, WorkerLimit.OPEN_FILES);

    /**
     * How much of something.
     *
     * @param amount in the unit of its limit
     * @param source where it is set, for people
     */
    public record Allowance(long amount, String source) {}

    public WorkerLimits {
        allowances = Map.copyOf(allowances);
    }

    /** How much is allowed, if it is limited. */
    public Optional<Allowance> of(WorkerLimit limit) {
        return Optional.ofNullable(allowances.get(limit));
    }

    /** Whether somebody must look at its processes. */
    boolean isWatched() {
        return of(WorkerLimit.CPU).isPresent()
                || of(WorkerLimit.MEMORY).isPresent()
                || of(WorkerLimit.PROCESSES).isPresent();
    }

    /** What the system is to hold. */
    Map<WorkerLimit, Long> held() {
        Map<WorkerLimit, Long> held = new LinkedHashMap<>();
        HELD.forEach(limit -> of(limit).ifPresent(allowance -> held.put(limit, allowance.amount())));
        return held;
    }

    /** What a start may have failed of, to be put behind its message; empty when nothing is held. */
    String startNote() {
        String named = held().keySet().stream()
                .map(limit -> limit.member() + " " + told(limit))
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "" : "; it was started under limits: " + named;
    }

    /** {@code 512MB (limits.memory of ops.json)}; only of what is limited. */
    String told(WorkerLimit limit) {
        return of(limit)
                .map(allowance -> limit.text(allowance.amount()) + " (" + allowance.source() + ")")
                .orElseThrow();
    }
}
