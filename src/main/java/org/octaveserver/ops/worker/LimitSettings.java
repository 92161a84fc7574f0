package org.octaveserver.ops.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.AtMost;
import org.octaveserver.ops.settings.DataSize;

/**
 * What calls may use when their bundle's {@code ops.json} does not say so in {@code limits}, and what it may not go beyond
 * there. What has neither is not limited.
 */
@ConfigMapping(prefix = "ops.limits")
public interface LimitSettings {
    /** Processor time of a call, programs that it starts included, unless its bundle says otherwise. */
    @AtLeast("10ms")
    Optional<Duration> cpu();

    /** Virtual memory of each process of a worker, unless its bundle says otherwise. */
    @AtLeast("1MB")
    Optional<DataSize> addressSpace();

    /** Resident memory of a worker with all that it has started, unless its bundle says otherwise. Linux. */
    @AtLeast("1MB")
    Optional<DataSize> memory();

    /** What a call may print, unless its bundle says otherwise; without, ops.worker.max-output of it is kept. */
    @AtLeast("1KB")
    Optional<DataSize> output();

    /** Processes that a worker may have beside Octave at a time, unless its bundle says otherwise. Linux. */
    @WithDefault("100")
    @AtLeast("0")
    @AtMost("1000000")
    int processes();

    /** How large a file a worker may write, unless its bundle says otherwise. */
    @AtLeast("1KB")
    Optional<DataSize> fileSize();

    /** Files that each process of a worker may have open, unless its bundle says otherwise. */
    @AtLeast("3")
    OptionalInt openFiles();

    /** The longest limits.timeout that a bundle may ask for. */
    @AtLeast("1ms")
    Optional<Duration> maxTimeout();

    /** The largest limits.cpu that a bundle may ask for. */
    @AtLeast("10ms")
    Optional<Duration> maxCpu();

    /** The largest limits.address-space that a bundle may ask for. */
    @AtLeast("1MB")
    Optional<DataSize> maxAddressSpace();

    /** The largest limits.memory that a bundle may ask for. */
    @AtLeast("1MB")
    Optional<DataSize> maxMemory();

    /** The largest limits.output that a bundle may ask for. */
    @AtLeast("1KB")
    Optional<DataSize> maxOutput();

    /** The largest limits.processes that a bundle may ask for. */
    @AtLeast("0")
    OptionalInt maxProcesses();

    /** The largest limits.file-size that a bundle may ask for. */
    @AtLeast("1KB")
    Optional<DataSize> maxFileSize();

    /** The largest limits.open-files that a bundle may ask for. */
    @AtLeast("3")
    OptionalInt maxOpenFiles();
}
