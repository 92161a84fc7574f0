package org.octaveserver.ops.web.edge;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.ElasticThreads;
import org.octaveserver.ops.lifecycle.Lookout;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Notices clients that close their connection while their call waits: a servlet container does not tell. Linux lists all
 * connections; once a second those are looked up there whose calls have lasted for more than a second. While there is none,
 * nothing is done. A client that has closed its side only counts as gone too, as it does with nginx. Where the system has no
 * such list, nothing is noticed. Thread-safe.
 */
public final class GoneClients implements Managed {
    private static final Logger LOG = LogManager.getLogger(GoneClients.class);
    private static final Path LISTS = Path.of("/proc/net");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final TcpTable table;
    private final boolean works;
    private final Set<WatchedClient> watched = ConcurrentHashMap.newKeySet();
    private final ElasticThreads actions = new ElasticThreads("gone-client", 1);
    private final Lookout lookout;

    /**
     * A connection as a request tells of it.
     *
     * @param remoteAddress the client's, IPv4 or IPv6, the latter also in brackets or with a scope
     * @param localAddress this server's
     */
    public record Connection(String remoteAddress, int remotePort, String localAddress, int localPort) {
        /** A container knows no addresses of a connection that has just been closed: these are no addresses then. */
        public Connection {
            remoteAddress = requireNonNullElse(remoteAddress, "");
            localAddress = requireNonNullElse(localAddress, "");
        }
    }

    /** One client that is watched. */
    public interface Watch extends AutoCloseable {
        /** Ends it, if it has not ended: what was to be done for a client that is gone does not begin any more. */
        @Override
        void close();
    }

    /** Watches nobody yet. */
    public GoneClients() {
        this(LISTS, PAUSE);
    }

    /** With other lists, or in other intervals. */
    GoneClients(Path lists, Duration pause) {
        table = new TcpTable(lists);
        works = table.isReadable();
        lookout = new Lookout("gone-clients", pause, LONGEST_PAUSE, () -> !watched.isEmpty(), this::look);
    }

    @Override
    public void start() {
        if (works) {
            actions.prestart();
            lookout.start();
        } else {
            LOG.warn("calls of clients that are gone go on: this system has no {}", LISTS.resolve("tcp"));
        }
    }

    @Override
    public void stop() {
        lookout.stop();
        actions.stop();
    }

    /**
     * Watches a client until the answer is closed. A connection that is not listed when it is looked for first is left alone:
     * its addresses are those of a proxy's client, or the list is that of another network.
     *
     * @param gone is done once, on another thread, when the client is gone
     */
    public Watch watch(Connection connection, Runnable gone) {
        WatchedClient client = new WatchedClient(connection, gone, watched::remove);
        if (works) {
            watched.add(client);
            lookout.wake();
        }
        return client;
    }

    private void look() {
        List<WatchedClient> lasting = new ArrayList<>();
        Set<TcpEnds> wanted = new HashSet<>();
        for (WatchedClient client : watched) {
            if (client.isLasting()) {
                Optional<TcpEnds> ends = client.ends();
                ends.ifPresentOrElse(wanted::add, client::leave);
                ends.ifPresent(there -> lasting.add(client));
            }
        }
        if (lasting.isEmpty()) {
            return;
        }
        try {
            Map<TcpEnds, Boolean> listed = table.look(wanted);
            lasting.stream().filter(client -> client.isGone(listed)).forEach(client -> actions.execute(client::end));
        } catch (IOException e) {
            // Nothing can be told of anybody; the next look is another one.
            LOG.debug("the list of connections cannot be read", e);
        }
    }
}
