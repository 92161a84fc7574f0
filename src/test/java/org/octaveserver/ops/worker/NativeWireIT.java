package org.octaveserver.ops.worker;

/** Values through the native worker. */
class NativeWireIT extends WireBehaviour {
    NativeWireIT() {
        super(Launching.Kind.FORKED);
    }
}
