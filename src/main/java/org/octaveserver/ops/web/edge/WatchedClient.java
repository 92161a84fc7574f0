package org.octaveserver.ops.web.edge;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** A client whose call lasts. Closing it is for any thread, what the looks have found for theirs only. */
final class WatchedClient implements GoneClients.Watch {
    private static final Logger LOG = LogManager.getLogger(WatchedClient.class);
    /** The list is not made at one moment: while others come and go, one line may slip through. */
    private static final int MISSED_AT_MOST = 1;

    private final GoneClients.Connection connection;
    private final Runnable gone;
    private final Consumer<WatchedClient> forget;
    private final AtomicBoolean settled = new AtomicBoolean();
    private Optional<TcpEnds> ends = Optional.empty();
    private boolean lasting;
    private boolean found;
    private int missed;

    /**
     * A client that nothing is known of.
     *
     * @param gone is done when it is gone
     * @param forget is done when it is to be looked at no more
     */
    WatchedClient(GoneClients.Connection connection, Runnable gone, Consumer<WatchedClient> forget) {
        this.connection = connection;
        this.gone = gone;
        this.forget = forget;
    }

    @Override
    public void close() {
        settled.set(true);
        forget.accept(this);
    }

    /** Whether it was watched at an earlier look already: the addresses of short calls are not even read. */
    boolean isLasting() {
        boolean before = lasting;
        lasting = true;
        return before;
    }

    /** What to look for; empty when there is nothing to be found. */
    Optional<TcpEnds> ends() {
        if (ends.isEmpty()) {
            ends = TcpEnds.of(connection);
        }
        return ends;
    }

    /** It is left alone from now on. */
    void leave() {
        forget.accept(this);
    }

    /** What a look has found: whether this client is gone. Then, or when it cannot be told, it is looked at no more. */
    boolean isGone(Map<TcpEnds, Boolean> listed) {
        Optional<Boolean> open = ends.flatMap(one -> Optional.ofNullable(listed.get(one)));
        missed = open.isPresent() ? 0 : missed + 1;
        found |= open.isPresent();
        boolean isOver = !open.orElse(missed <= MISSED_AT_MOST);
        if (isOver) {
            leave();
        }
        return isOver && found;
    }

    /** Does what is to be done when it is gone, unless the watch was closed. */
    void end() {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        LOG.debug("client={} port={} gone", connection.remoteAddress(), connection.remotePort());
        try {
            gone.run();
        } catch (RuntimeException e) {
            LOG.error("client={} gone, but its call may go on", connection.remoteAddress(), e);
        }
    }
}
