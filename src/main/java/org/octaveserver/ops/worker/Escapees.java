package org.octaveserver.ops.worker;

/**
 * Descendants of a worker that survive the end of its group: those that are in another group of its session (a shell's
 * job control), and those that have left the session too ({@code setsid} in a shell command), which are known by a variable
 * of their environment that no other process has. Only where there is {@code /proc}; a program that leaves the session and
 * empties its environment too gets away.
 */
final class Escapees {
    private final String variable;
    private final EscapeeScans scans;

    /** Finds processes with this variable, as {@code NAME=value}, by looking for nothing else. */
    Escapees(String variable) {
        this(variable, new EscapeeScans());
    }

    /** The same, looking once for all that look at the same time. */
    Escapees(String variable, EscapeeScans scans) {
        this.variable = variable;
        this.scans = scans;
    }

    /** Kills them until none is left; the worker itself, whose group was killed, is not one of them. */
    void kill(long worker) {
        scans.kill(variable, worker);
    }
}
