package org.octaveserver.ops.wire;

/**
 * What HELLO carries.
 *
 * @param protocolVersion the version the worker speaks
 * @param implementation {@code portable} or {@code native}
 * @param octaveVersion what {@code version ()} answers
 * @param pid the worker's process id, as it sees it
 */
public record Hello(int protocolVersion, String implementation, String octaveVersion, long pid) {
    /**
     * Reads a HELLO of this server's protocol version.
     *
     * @throws WireException when the frame is none, or the worker speaks another version
     */
    public static Hello of(Frame frame) throws WireException {
        if (frame.kind() != FrameKind.HELLO) {
            throw new WireException("a worker begins with HELLO, not with " + frame.kind());
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        // The version stands first in every version; what follows it may change.
        int version = payload.number32();
        if (version != Protocol.VERSION) {
            throw new WireException("the worker speaks version " + version
                    + " of the worker protocol, this server version " + Protocol.VERSION);
        }
        Hello hello = new Hello(version, payload.text(), payload.text(), payload.number64());
        payload.end();
        return hello;
    }
}
