package org.octaveserver.ops.worker;

/** {@link ResetBehaviour} of the portable worker. */
class ResetIT extends ResetBehaviour {
    ResetIT() {
        super(Launching.Kind.PORTABLE);
    }
}
