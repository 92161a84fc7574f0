package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;

/**
 * Tells other nodes what this one uses, and removes from the directory what nobody needs and what dead deployers left,
 * from time to time. Thread-safe.
 */
public final class StoreKeeper implements Managed {
    private static final Logger LOG = LogManager.getLogger(StoreKeeper.class);
    private static final int ANNOUNCEMENTS_IN_SILENCE = 6;

    private final BundleSettings settings;
    private final Incoming incoming;
    private final NodeRegister register;
    private final StoreCollector collector;
    private final Releases releases;
    private final Supplier<InUse> inUse;
    private final Duration interval;
    private final PeriodicTasks tasks = new PeriodicTasks("store-keeper");

    /**
     * What this node uses.
     *
     * @param release the one it routes to
     * @param beside what calls, workers and jobs use beside it
     */
    public record InUse(Release release, Uses beside) {
        private Uses all() {
            Set<String> versions = release.versions().stream()
                    .map(deployed -> deployed.version().id())
                    .collect(Collectors.toSet());
            return new Uses(versions, Set.of()).and(beside);
        }
    }

    /**
     * A keeper that has not begun.
     *
     * @param inUse asked again and again
     */
    public StoreKeeper(
            BundleSettings settings, Store store, Releases releases, Retention retention, Supplier<InUse> inUse) {
        BundleDirectories directories = new BundleDirectories(settings.root());
        this.settings = settings;
        this.incoming = new Incoming(directories.incoming());
        ReleaseLog log = new ReleaseLog(directories, store, SymlinkCreator.PLATFORM);
        this.register = new NodeRegister(directories, retention.silence());
        this.collector = new StoreCollector(directories, log, retention, System::nanoTime, step -> {});
        this.releases = releases;
        this.inUse = inUse;
        this.interval = retention.silence().dividedBy(ANNOUNCEMENTS_IN_SILENCE);
    }

    /** Tells at once, before calls come. */
    @Override
    public void start() {
        Duration many = interval.multipliedBy(ANNOUNCEMENTS_IN_SILENCE);
        announce();
        tasks.repeat(interval, interval, this::announce);
        tasks.repeat(many, many, this::keep);
        if (settings.isShared()) {
            tasks.repeat(many, many, this::sweep);
        }
    }

    /** A failure now may be over the next time. */
    private void announce() {
        try {
            InUse now = inUse.get();
            register.announce(now.release().number(), now.all());
        } catch (IOException | RuntimeException e) {
            LOG.warn("other nodes are not told what this one uses: {}", e.toString());
        }
    }

    /** A failure now may be over the next time, and costs nobody a call. */
    private void keep() {
        try {
            InUse now = inUse.get();
            Instant time = register.announce(now.release().number(), now.all());
            Uses used = now.all().and(register.others(time));
            collector.collect(releases.current().number(), used, time);
        } catch (IOException | RuntimeException e) {
            LOG.warn("nothing is removed from the store", e);
        }
    }

    /** Where no other node is at work a start has removed everything, and what there is now belongs to this process. */
    void sweep() {
        try {
            incoming.sweep(settings.incomingKept());
        } catch (IOException | RuntimeException e) {
            LOG.warn("what unfinished deployments left in incoming/ stays there", e);
        }
    }

    @Override
    public void stop() {
        tasks.stop();
        try {
            register.leave();
        } catch (IOException e) {
            LOG.debug("others see that this node has left by its silence", e);
        }
    }
}
