package org.octaveserver.ops.bundle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Locks;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;

/**
 * Tells listeners of each new current release, once and in order of their numbers; of several that follow quickly
 * perhaps only the last. A listener that fails is told again at the next look. It looks at {@code current} at intervals, since no notification crosses a shared file
 * system, and at once when this node has deployed. Thread-safe. Listeners are called one after the other, on the
 * watcher's thread or on that of a deployment, and delay both.
 */
public final class ReleaseWatcher implements Managed {
    private static final Logger LOG = LogManager.getLogger(ReleaseWatcher.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Releases releases;
    private final Duration interval;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final PeriodicTasks tasks = new PeriodicTasks("release-watcher");
    private final ReentrantLock telling = new ReentrantLock();

    /**
     * A watcher that has not begun.
     *
     * @param interval between two looks
     */
    public ReleaseWatcher(Releases releases, Duration interval) {
        this.releases = releases;
        this.interval = interval;
    }

    /** Adds a listener; before the start, or it misses releases. */
    public void listen(Consumer<Release> listener) {
        listeners.add(new Listener(listener));
    }

    /** Tells the listeners of the release that is current now, if any, before it returns. */
    @Override
    public void start() {
        check();
        tasks.repeat(interval, interval, this::poll);
    }

    /** A failure now may be over at the next look, so it does not end the looking. */
    private void poll() {
        try {
            releases.bringForward();
        } catch (OpsException e) {
            LOG.warn("current stays behind: {}", e.getMessage());
        }
        try {
            check();
        } catch (RuntimeException e) {
            LOG.warn("the last release stays: the current one cannot be told of", e);
        }
    }

    /**
     * Looks now: when this returns, the listeners have been told of the release that was current when it was called.
     *
     * @throws OpsException STORE_FAILED when it cannot be read, INTERNAL when a listener blocks too long
     */
    public void check() {
        Locks.acquire(
                telling,
                LONGEST_WAIT,
                () -> new OpsException(
                        ErrorCode.INTERNAL,
                        "listeners of an earlier release have been working for " + LONGEST_WAIT.toSeconds() + " s"),
                "interrupted while waiting for listeners");
        try {
            Release release = releases.current();
            listeners.forEach(listener -> listener.tell(release));
        } finally {
            telling.unlock();
        }
    }

    /** One that is told, and the number of what it was told of; used by who has the lock. */
    private static final class Listener {
        private final Consumer<Release> consumer;
        private long told;
        private long failed;

        Listener(Consumer<Release> consumer) {
            this.consumer = consumer;
        }

        void tell(Release release) {
            // Lower numbers are never news: a slow deployer may set current back for a moment.
            if (release.number() <= told) {
                return;
            }
            try {
                consumer.accept(release);
                told = release.number();
            } catch (RuntimeException e) {
                // Tried again at each look, but told in full only once.
                LOG.log(
                        release.number() == failed ? Level.DEBUG : Level.ERROR,
                        "release={} a listener failed; it is told again at the next look",
                        release.number(),
                        e);
                failed = release.number();
            }
        }
    }

    @Override
    public void stop() {
        tasks.stop();
    }
}
