package org.octaveserver.ops.worker;

class PrintedIT extends PrintedBehaviour {
    PrintedIT() {
        super(Launching.Kind.PORTABLE);
    }
}
