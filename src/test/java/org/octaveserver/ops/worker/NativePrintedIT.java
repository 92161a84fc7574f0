package org.octaveserver.ops.worker;

class NativePrintedIT extends PrintedBehaviour {
    NativePrintedIT() {
        super(Launching.Kind.FORKED);
    }
}
