package org.octaveserver.ops.worker;

/** Values through the portable worker. */
class WireIT extends WireBehaviour {
    WireIT() {
        super(Launching.Kind.PORTABLE);
    }
}
