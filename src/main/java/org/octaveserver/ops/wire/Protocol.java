package org.octaveserver.ops.wire;

/** Numbers of {@code docs/worker-protocol.md} that both sides must agree on. */
public final class Protocol {
    /** The version this server speaks; a worker of another is refused. */
    public static final int VERSION = 1;

    static final int HEADER_BYTES = 24;
    /** "OPSW", read as a little-endian number. */
    static final int MAGIC = 'O' | 'P' << 8 | 'S' << 16 | 'W' << 24;

    private Protocol() {}
}
