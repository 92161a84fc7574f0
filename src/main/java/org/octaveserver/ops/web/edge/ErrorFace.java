package org.octaveserver.ops.web.edge;

import org.octaveserver.ops.error.OpsException;

/** How one of the server's HTTP faces says that something failed. */
public interface ErrorFace {
    /** Whether requests to this path, without leading slash, are this face's. */
    boolean serves(String path);

    /** What is sent; status and headers common to all faces are set by the caller. */
    Body render(int status, OpsException failure);

    /**
     * A body.
     *
     * @param type its media type
     * @param bytes given away by whoever made it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(String type, byte[] bytes) {}
}
