package org.octaveserver.ops.web.edge;

import jakarta.servlet.AsyncContext;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** How a response ends that is written without a thread. */
final class AsyncEnd {
    private static final Logger LOG = LogManager.getLogger(AsyncEnd.class);

    private AsyncEnd() {}

    /** Ends the request; a container that has ended it already, for a client that is gone, is right too. */
    static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the container has ended the request already", e);
        }
    }
}
