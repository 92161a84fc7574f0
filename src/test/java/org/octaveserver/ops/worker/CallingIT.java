package org.octaveserver.ops.worker;

/** {@link CallingBehaviour} of the portable worker. */
class CallingIT extends CallingBehaviour {
    CallingIT() {
        super(Launching.Kind.PORTABLE);
    }
}
