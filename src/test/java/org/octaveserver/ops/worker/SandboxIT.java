package org.octaveserver.ops.worker;

/** Portable workers in a sandbox. */
final class SandboxIT extends SandboxBehaviour {
    SandboxIT() {
        super(Launching.Kind.PORTABLE);
    }
}
