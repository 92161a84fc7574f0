package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a group of processes. What several processes share, with a template say, counts for each by its share
 * (PSS): otherwise every program that a worker starts would seem to double it for a moment.
 */
final class ProcessMemory {
    private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s*(\\d+) kB$");
    private static final long KILO = 1024;

    private ProcessMemory() {}

    /** At least what they occupy; quick to read. */
    static long upperBound(List<ProcessTable.One> group) {
        return group.stream()
                .mapToLong(one -> ProcessUsage.residentBytes(one.pid()))
                .sum();
    }

    /** What they occupy; takes as long as their memory is large. */
    static long exact(List<ProcessTable.One> group) {
        return group.stream().mapToLong(one -> share(one.pid())).sum();
    }

    private static long share(long pid) {
        try {
            Matcher line = SHARE.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
            return line.find() ? KILO * Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            // It has ended, or belongs to another account: its whole memory must do.
            return ProcessUsage.residentBytes(pid);
        }
    }
}
