package org.octaveserver.ops.worker;

/** {@link ResetBehaviour} of the native worker. */
class NativeResetIT extends ResetBehaviour {
    NativeResetIT() {
        super(Launching.Kind.FORKED);
    }
}
