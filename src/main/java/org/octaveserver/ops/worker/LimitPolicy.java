package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.settings.DataSize;

/**
 * What this node allows: defaults for bundles that say nothing, and ceilings for those that do. A bundle above a ceiling is
 * refused when it is deployed, where somebody reads why; one that is deployed already (the ceiling came later, or another
 * node took it in) is cut to the ceiling, because a setting must not end a service.
 *
 * @param defaults how much, in the unit of each limit
 * @param ceilings how much at most
 * @param longest the longest time that a call may take
 */
public record LimitPolicy(
        Map<WorkerLimit, WorkerLimits.Allowance> defaults,
        Map<WorkerLimit, WorkerLimits.Allowance> ceilings,
        Optional<Duration> longest) {
    /** Nothing is limited, and bundles may ask for anything. */
    public static final LimitPolicy NONE = new LimitPolicy(Map.of(), Map.of(), Optional.empty());

    private static final String LONGEST = "ops.limits.max-timeout";

    public LimitPolicy {
        defaults = Map.copyOf(defaults);
        ceilings = Map.copyOf(ceilings);
    }

    /** That of the settings. */
    public static LimitPolicy of(LimitSettings settings, WorkerSettings workers) {
        Table defaults = new Table("ops.limits.");
        defaults.put(WorkerLimit.CPU, settings.cpu().map(Duration::toMillis));
        defaults.put(WorkerLimit.ADDRESS_SPACE, settings.addressSpace().map(DataSize::bytes));
        defaults.put(WorkerLimit.MEMORY, settings.memory().map(DataSize::bytes));
        defaults.put(WorkerLimit.OUTPUT, settings.output().map(DataSize::bytes));
        defaults.put(WorkerLimit.PROCESSES, Optional.of((long) settings.processes()));
        defaults.put(WorkerLimit.FILE_SIZE, settings.fileSize().map(DataSize::bytes));
        defaults.put(
                WorkerLimit.OPEN_FILES,
                settings.openFiles().stream().asLongStream().boxed().findFirst());
        Table ceilings = new Table("ops.limits.max-");
        ceilings.put(WorkerLimit.CPU, settings.maxCpu().map(Duration::toMillis));
        ceilings.put(WorkerLimit.ADDRESS_SPACE, settings.maxAddressSpace().map(DataSize::bytes));
        ceilings.put(WorkerLimit.MEMORY, settings.maxMemory().map(DataSize::bytes));
        ceilings.put(WorkerLimit.OUTPUT, settings.maxOutput().map(DataSize::bytes));
        ceilings.put(
                WorkerLimit.PROCESSES,
                settings.maxProcesses().stream().asLongStream().boxed().findFirst());
        ceilings.put(WorkerLimit.FILE_SIZE, settings.maxFileSize().map(DataSize::bytes));
        ceilings.put(
                WorkerLimit.OPEN_FILES,
                settings.maxOpenFiles().stream().asLongStream().boxed().findFirst());
        ceilings.entries.put(
                WorkerLimit.RESULT,
                new WorkerLimits.Allowance(workers.maxMessageSize().bytes(), "setting ops.worker.max-message-size"));
        return new LimitPolicy(defaults.entries, ceilings.entries, settings.maxTimeout());
    }

    /** Allowances of settings with one prefix. */
    private static final class Table {
        final Map<WorkerLimit, WorkerLimits.Allowance> entries = new EnumMap<>(WorkerLimit.class);
        private final String prefix;

        Table(String prefix) {
            this.prefix = prefix;
        }

        void put(WorkerLimit limit, Optional<Long> amount) {
            amount.ifPresent(
                    one -> entries.put(limit, new WorkerLimits.Allowance(one, "setting " + prefix + limit.member())));
        }
    }

    /**
     * What a bundle's workers may use.
     *
     * @param wanted what its {@code ops.json} says
     */
    public WorkerLimits allowed(Map<WorkerLimit, Long> wanted) {
        Map<WorkerLimit, WorkerLimits.Allowance> allowed = new EnumMap<>(WorkerLimit.class);
        allowed.putAll(defaults);
        wanted.forEach((limit, amount) -> allowed.put(
                limit, new WorkerLimits.Allowance(amount, "limits." + limit.member() + " of the bundle's ops.json")));
        ceilings.forEach((limit, most) ->
                allowed.merge(limit, most, (one, ceiling) -> one.amount() > ceiling.amount() ? ceiling : one));
        return new WorkerLimits(allowed);
    }

    /** How long a call may take that would take so long by what its bundle or the settings say. */
    public Duration timeout(Duration wanted) {
        return longest.filter(most -> wanted.compareTo(most) > 0).orElse(wanted);
    }

    /**
     * What a bundle asks for beyond a ceiling, if anything.
     *
     * @param timeout its {@code limits.timeout}
     */
    public Optional<String> excess(Map<WorkerLimit, Long> wanted, Optional<Duration> timeout) {
        for (Map.Entry<WorkerLimit, Long> one : wanted.entrySet()) {
            WorkerLimit limit = one.getKey();
            WorkerLimits.Allowance most = ceilings.get(limit);
            if (most != null && one.getValue() > most.amount()) {
                return Optional.of("\"limits." + limit.member() + "\" is " + limit.text(one.getValue())
                        + "; this server allows " + limit.text(most.amount()) + " (" + most.source() + ")");
            }
        }
        return excess("limits.timeout", timeout);
    }

    /**
     * The same of a time alone.
     *
     * @param member where {@code ops.json} has it
     */
    public Optional<String> excess(String member, Optional<Duration> timeout) {
        return timeout.filter(one -> !timeout(one).equals(one))
                .map(one -> "\"" + member + "\" is " + EndReason.readable(one) + "; this server allows "
                        + EndReason.readable(timeout(one)) + " (setting " + LONGEST + ")");
    }
}
