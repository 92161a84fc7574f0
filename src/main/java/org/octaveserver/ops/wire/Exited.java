package org.octaveserver.ops.wire;

/**
 * What EXITED carries: a worker that a template has forked has ended, with all of its process group.
 *
 * @param pid the worker
 * @param status its exit status, 128 + n after signal n
 */
public record Exited(long pid, int status) {
    /**
     * Reads an EXITED.
     *
     * @throws WireException when it is malformed
     */
    public static Exited of(Frame frame) throws WireException {
        PayloadReader payload = new PayloadReader(frame.payload());
        Exited exited = new Exited(payload.number64(), payload.number32());
        int unused = payload.number32();
        payload.end();
        return exited;
    }
}
