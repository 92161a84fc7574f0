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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.ElasticThreads;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;

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
    /** Where there are so many connections that looking takes long, it is done less often: it costs 5 % of a core at most. */
    private static final int LEAST_REST = 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final TcpTable table;
    private final Duration shortest;
    private final boolean works;
    private final Set<WatchedClient> watched = ConcurrentHashMap.newKeySet();
    private final ElasticThreads actions = new ElasticThreads("gone-client", 1);
    private final Thread looking = new NamedThreads("gone-clients").newThread(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private volatile boolean idle;
    private volatile boolean stopped;

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
        shortest = pause;
        works = table.isReadable();
    }

    @Override
    public void start() {
        if (works) {
            actions.prestart();
            looking.start();
        } else {
            LOG.warn("calls of clients that are gone go on: this system has no {}", LISTS.resolve("tcp"));
        }
    }

    @Override
    public void stop() {
        stopped = true;
        looking.interrupt();
        try {
            looking.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            if (idle) {
                wake();
            }
        }
        return client;
    }

    private void wake() {
        lock.lock();
        try {
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Duration pause = shortest;
            while (awaitWork()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                long begin = System.nanoTime();
                look();
                pause = pauseAfter(Duration.ofNanos(System.nanoTime() - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pauseAfter(Duration look) {
        Duration rest = look.multipliedBy(LEAST_REST);
        if (rest.compareTo(shortest) < 0) {
            return shortest;
        }
        return rest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : rest;
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            // Set before looking: who adds one after that sees it, and wakes this thread.
            idle = true;
            while (watched.isEmpty() && !stopped) {
                work.await();
            }
            idle = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
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
