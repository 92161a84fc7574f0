package org.octaveserver.ops.wire;

import java.io.IOException;

/** The other side announced a frame larger than is accepted. Its payload was not read. */
public final class FrameTooLargeException extends IOException {
    private final long length;
    private final long limit;

    FrameTooLargeException(long length, long limit) {
        super("a frame of " + Long.toUnsignedString(length) + " bytes is larger than the " + limit + " accepted");
        this.length = length;
        this.limit = limit;
    }

    /** The announced bytes. */
    public long length() {
        return length;
    }

    /** The accepted bytes. */
    public long limit() {
        return limit;
    }
}
