package org.octaveserver.ops.runtime;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.OpsException;

/**
 * One registered runtime and its state. One that is missing is asked again and again; one that is there, when its files
 * have changed. Thread-safe.
 */
final class RuntimeWatch {
    private static final Logger LOG = LogManager.getLogger(RuntimeWatch.class);

    /** An upgrade takes a moment, in which nothing can be started; the workers that there are go on. */
    private static final int FAILURES = 3;

    private final Registration registration;
    private final RuntimeSettings settings;
    private final RuntimeProbe probe;
    private final ScheduledExecutorService timer;
    private final Consumer<RuntimeStatus> listener;
    /** Of two looks at once the second would only repeat the first. */
    private final ReentrantLock looking = new ReentrantLock();

    /** What was asked for and has not begun. */
    private final AtomicReference<@Nullable CompletableFuture<Void>> asked = new AtomicReference<>();

    private volatile RuntimeStatus status;
    private volatile @Nullable RuntimeStamp watched;
    private int failures;

    /**
     * A watch that has not begun.
     *
     * @param listener told of each change, on the thread that found it
     */
    RuntimeWatch(
            Registration registration,
            RuntimeSettings settings,
            RuntimeProbe probe,
            ScheduledExecutorService timer,
            Consumer<RuntimeStatus> listener) {
        this.registration = registration;
        this.settings = settings;
        this.probe = probe;
        this.timer = timer;
        this.listener = listener;
        this.status =
                new RuntimeStatus.Unavailable(registration.id(), registration.command(), "it was not looked for yet");
    }

    RuntimeStatus status() {
        return status;
    }

    /** Looks for the first time, and from then on in the background. */
    void begin() {
        ask();
        next();
    }

    /** Asks Octave now, elsewhere, whether its files look changed or not. */
    CompletableFuture<Void> askSoon() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = asked.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        try {
            timer.execute(() -> {
                asked.set(null);
                ask();
                mine.complete(null);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("runtime={} is not looked for any more", registration.id(), e);
            mine.complete(null);
        }
        return mine;
    }

    private void look() {
        RuntimeStamp stamp = watched;
        boolean same = stamp != null
                && status.problem().isEmpty()
                && stamp.now().equals(status.available().stamp());
        if (!same) {
            ask();
        }
        next();
    }

    private void next() {
        var interval = status.problem().isPresent() ? settings.retryInterval() : settings.probeInterval();
        try {
            var unused = timer.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("runtime={} is not looked for any more", registration.id(), e);
        }
    }

    private void ask() {
        looking.lock();
        try {
            found(probe.probe(registration));
        } catch (OpsException e) {
            missing(e.getMessage());
        } finally {
            looking.unlock();
        }
    }

    private void found(RuntimeProbe.Found found) {
        OctaveRuntime runtime = found.runtime();
        watched = found.watched();
        failures = 0;
        boolean same = status.runtime().equals(Optional.of(runtime));
        status = new RuntimeStatus.Available(runtime, Optional.empty());
        if (!same) {
            LOG.info(
                    "runtime={} command={} octave={} packages={}",
                    runtime.id(),
                    String.join(" ", runtime.command()),
                    runtime.build().identity(),
                    runtime.packages().size());
            listener.accept(status);
        }
    }

    private void missing(String why) {
        if (timer.isShutdown()) {
            return;
        }
        failures++;
        if (!status.problem().equals(Optional.of(why))) {
            LOG.error("runtime={} {}", registration.id(), why);
        }
        Optional<OctaveRuntime> before = status.runtime();
        if (before.isPresent() && failures < FAILURES) {
            status = new RuntimeStatus.Available(before.get(), Optional.of(why));
            return;
        }
        status = new RuntimeStatus.Unavailable(registration.id(), registration.command(), why);
        if (before.isPresent()) {
            listener.accept(status);
        }
    }
}
