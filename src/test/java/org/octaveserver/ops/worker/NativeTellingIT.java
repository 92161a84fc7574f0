package org.octaveserver.ops.worker;

/** {@link TellingBehaviour} of the native worker. */
class NativeTellingIT extends TellingBehaviour {
    NativeTellingIT() {
        super(Launching.Kind.FORKED);
    }
}
