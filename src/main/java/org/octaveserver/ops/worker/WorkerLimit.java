package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.Locale;
import org.octaveserver.ops.settings.DataSize;

/**
 * What a worker, or one call, may use of the machine. How long a call may take is not here: it waits before it has a
 * worker.
 */
public enum WorkerLimit {
    /** Processor time of a call, in milliseconds. Watched. */
    CPU(Unit.MILLISECONDS),
    /** Virtual memory of each process, in bytes. Held by the system. */
    ADDRESS_SPACE(Unit.BYTES),
    /** Resident memory of all processes, in bytes. Watched. */
    MEMORY(Unit.BYTES),
    /** What a call prints, in bytes. */
    OUTPUT(Unit.BYTES),
    /** The outputs of a call, in bytes as they travel. */
    RESULT(Unit.BYTES),
    /** Processes beside Octave at a time. Watched. */
    PROCESSES(Unit.COUNT),
    /** Each file that is written, in bytes. Held by the system. */
    FILE_SIZE(Unit.BYTES),
    /** Open files of each process. Held by the system. */
    OPEN_FILES(Unit.COUNT);

    /** What an amount counts. */
    public enum Unit {
        MILLISECONDS,
        BYTES,
        COUNT
    }

    private final Unit unit;

    WorkerLimit(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }

    /** As people write it, in {@code limits} of {@code ops.json} and in settings: {@code address-space}. */
    public String member() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An amount of it, for people. */
    public String text(long amount) {
        return switch (unit) {
            case MILLISECONDS -> EndReason.readable(Duration.ofMillis(amount));
            case BYTES -> new DataSize(amount).toString();
            case COUNT -> Long.toString(amount);
        };
    }
}
