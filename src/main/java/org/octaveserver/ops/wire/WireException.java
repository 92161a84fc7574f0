package org.octaveserver.ops.wire;

import java.io.IOException;

/** The other side sent what {@code docs/worker-protocol.md} does not allow. Nothing after it can be trusted. */
public final class WireException extends IOException {
    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
