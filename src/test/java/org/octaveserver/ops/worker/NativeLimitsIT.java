package org.octaveserver.ops.worker;

/** The limits of native workers. */
final class NativeLimitsIT extends LimitBehaviour {
    NativeLimitsIT() {
        super(Launching.Kind.FORKED);
    }
}
