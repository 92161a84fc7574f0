package org.octaveserver.ops.worker;

/** {@link CallingBehaviour} of the native worker. */
class NativeCallingIT extends CallingBehaviour {
    NativeCallingIT() {
        super(Launching.Kind.FORKED);
    }
}
