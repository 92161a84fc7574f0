package org.octaveserver.ops.bundle.dependency;

/** There are no versions that fit together. The message says why, with the chain of dependencies that leads there. */
public final class UnsatisfiedException extends Exception {
    UnsatisfiedException(String message) {
        super(message);
    }
}
