package org.octaveserver.ops.wire;

import java.util.Optional;

/** The kinds of frame, with their numbers on the wire. */
public enum FrameKind {
    /** Worker to server, once, first: who it is. */
    HELLO(1),
    /** Server to worker: where to work and what to load. */
    START(2),
    /** Answer to START: it is loaded. */
    READY(3),
    /** Server to worker: run a function. */
    CALL(4),
    /** Answer to CALL: the outputs. */
    RESULT(5),
    /** Answer to START or CALL: why there is no other. */
    FAILURE(6),
    /** Server to worker: are you there? */
    PING(7),
    /** Answer to PING. */
    PONG(8),
    /** Server to worker: end now. Not answered. */
    SHUTDOWN(9),
    /** Worker to server, before the answer to CALL and only when there are any: metrics of user code's own. */
    METRICS(10),
    /** Server to template: listen at a socket. */
    LISTEN(11),
    /** Server to template: make a worker of the two connections that wait. */
    FORK(12),
    /** Answer to FORK: the process id of the worker. */
    FORKED(13),
    /** Template to server, unasked: a worker has ended. */
    EXITED(14),
    /** Worker to server, before RESULT and only when they are asked for: the figures that the call left open. */
    FIGURES(15),
    /** Worker to server, any number of times while the function of a CALL runs: how far it is. */
    PROGRESS(16);

    private final int number;

    FrameKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Whether a worker may answer a frame of this kind with one of that kind. */
    boolean isAnsweredBy(FrameKind answer) {
        return switch (this) {
            case START, LISTEN -> answer == READY || answer == FAILURE;
            case CALL -> answer == RESULT || answer == FAILURE;
            case FORK -> answer == FORKED || answer == FAILURE;
            case PING -> answer == PONG;
            case HELLO, READY, RESULT, FAILURE, PONG, SHUTDOWN, METRICS, FORKED, EXITED, FIGURES, PROGRESS -> false;
        };
    }

    static Optional<FrameKind> numbered(int number) {
        for (FrameKind kind : values()) {
            if (kind.number == number) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
