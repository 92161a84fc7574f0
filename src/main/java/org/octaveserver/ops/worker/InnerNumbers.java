package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Finds processes of a sandbox, where they have numbers of their own, by these numbers. */
final class InnerNumbers {
    private static final String FIELD = "NSpid:";

    private InnerNumbers() {}

    /** The one of some processes that has this number where it lives, if that is not the one by which it is known here. */
    static OptionalLong find(Collection<Long> processes, long inner) {
        return processes.stream()
                .filter(pid -> isInner(pid, inner))
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static boolean isInner(long pid, long inner) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return lines.stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line ->
                            Arrays.asList(line.substring(FIELD.length()).strip().split("\\s+", -1)))
                    .anyMatch(numbers -> numbers.size() > 1
                            && numbers.get(numbers.size() - 1).equals(Long.toString(inner)));
        } catch (IOException e) {
            // It has ended, or this system has no such thing.
            return false;
        }
    }
}
