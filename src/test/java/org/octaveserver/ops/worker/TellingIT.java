package org.octaveserver.ops.worker;

/** {@link TellingBehaviour} of the portable worker. */
class TellingIT extends TellingBehaviour {
    TellingIT() {
        super(Launching.Kind.PORTABLE);
    }
}
