package org.octaveserver.ops.web.mps;

import java.util.concurrent.Executor;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.web.edge.GoneClients;
import org.octaveserver.ops.web.edge.HeldBytes;

/**
 * What requests without threads share.
 *
 * @param large where large texts are parsed and printed: as many at once as there are processors
 * @param watchdog ends requests that do not come to their end
 * @param gone tells of clients that do not wait any more
 * @param held how much memory bodies take
 */
public record SharedParts(Executor large, Watchdog watchdog, GoneClients gone, HeldBytes held) {}
