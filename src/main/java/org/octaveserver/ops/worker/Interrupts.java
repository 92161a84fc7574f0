package org.octaveserver.ops.worker;

import java.util.List;

/** Interrupts what a native worker runs: docs/worker-protocol.md, "Interrupt". */
final class Interrupts {
    private Interrupts() {}

    /** Signals the worker itself, and then the programs that it has started, for one of which it may wait. */
    static void send(long worker) {
        ProcessGroups.signal("URG", List.of(Long.toString(worker)));
        List<String> programs = ProcessHandle.of(worker).stream()
                .flatMap(ProcessHandle::descendants)
                .map(program -> Long.toString(program.pid()))
                .toList();
        if (!programs.isEmpty()) {
            ProcessGroups.signal("INT", programs);
        }
    }
}
