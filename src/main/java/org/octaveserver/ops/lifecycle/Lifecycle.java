package org.octaveserver.ops.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Starts parts in order and stops them in reverse. Not for concurrent use: the composition root owns it.
 */
public final class Lifecycle {
    private static final Logger LOG = LogManager.getLogger(Lifecycle.class);

    private final List<Managed> parts = new ArrayList<>();
    private final Deque<Managed> started = new ArrayDeque<>();

    /** Registers a part and hands it back. */
    public <T extends Managed> T add(T part) {
        parts.add(part);
        return part;
    }

    /** Starts all parts; when one fails, stops those already started and throws. */
    public void start() {
        for (Managed part : parts) {
            try {
                part.start();
                started.push(part);
            } catch (RuntimeException e) {
                stop();
                throw e;
            }
        }
    }

    /** Stops what was started, last first. A part that fails to stop is logged and does not keep the others running. */
    public void stop() {
        while (!started.isEmpty()) {
            Managed part = started.pop();
            long begin = System.nanoTime();
            try {
                part.stop();
            } catch (RuntimeException e) {
                LOG.error("part={} failed to stop", part.getClass().getSimpleName(), e);
            }
            LOG.debug(
                    "part={} stopped in {} ms",
                    part.getClass().getSimpleName(),
                    (System.nanoTime() - begin) / 1_000_000);
        }
    }
}
