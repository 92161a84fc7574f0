package org.octaveserver.ops.worker;

import java.util.stream.Collectors;

/** Interrupts what a native worker runs: docs/worker-protocol.md, "Interrupt". */
final class Interrupts {
    private Interrupts() {}

    /** Signals the worker itself, and then the programs that it has started, for one of which it may wait. */
    static void send(long worker) {
        ProcessGroups.signal("URG", Long.toString(worker));
        String programs = ProcessHandle.of(worker).stream()
                .flatMap(ProcessHandle::descendants)
                .map(program -> Long.toString(program.pid()))
                .collect(Collectors.joining(" "));
        if (!programs.isEmpty()) {
            ProcessGroups.signal("INT", programs);
        }
    }
}
