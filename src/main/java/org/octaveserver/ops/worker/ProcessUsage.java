package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used.
 *
 * @param cpu the time that its threads have run, in all
 * @param residentBytes the memory that it occupies now; 0 where the system does not tell (other than Linux)
 */
public record ProcessUsage(Duration cpu, long residentBytes) {
    public static final ProcessUsage NONE = new ProcessUsage(Duration.ZERO, 0);

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
    private static final long KILO = 1024;

    /** The usage of a process that runs. */
    static Optional<ProcessUsage> of(ProcessHandle process) {
        return process.info().totalCpuDuration().map(cpu -> new ProcessUsage(cpu, residentBytes(process.pid())));
    }

    /** The usage of the server itself. */
    public static ProcessUsage ofThisProcess() {
        return of(ProcessHandle.current()).orElse(NONE);
    }

    /** What stays of it when the process is gone. */
    ProcessUsage afterTheEnd() {
        return new ProcessUsage(cpu, 0);
    }

    /** The memory that a process occupies, with what it shares. */
    static long residentBytes(long pid) {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? KILO * Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            // Another system, or the process has just ended.
            return 0;
        }
    }
}
