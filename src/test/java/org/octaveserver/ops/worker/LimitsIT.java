package org.octaveserver.ops.worker;

/** The limits of portable workers. */
final class LimitsIT extends LimitBehaviour {
    LimitsIT() {
        super(Launching.Kind.PORTABLE);
    }
}
