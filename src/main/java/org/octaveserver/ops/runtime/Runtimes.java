package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;

/**
 * The registered Octave installations. Today there is one, the default. One that is missing is looked for again until
 * it is there, so that installing Octave needs no restart of the server. Thread-safe.
 */
public final class Runtimes implements Managed {
    public static final String DEFAULT = "default";
    private static final Logger LOG = LogManager.getLogger(Runtimes.class);

    private final RuntimeSettings settings;
    private final RuntimeProbe probe;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("probe"));
    private final List<Consumer<OctaveRuntime>> listeners = new CopyOnWriteArrayList<>();
    private volatile RuntimeStatus status;

    public Runtimes(RuntimeSettings settings) {
        this.settings = settings;
        this.probe = new RuntimeProbe(settings.probeTimeout());
        this.status = new RuntimeStatus.Unavailable(DEFAULT, command(), "it was not looked for yet");
    }

    /** Looks for the default runtime, once here and then in the background as long as it is missing. */
    @Override
    public void start() {
        look();
    }

    @Override
    public void stop() {
        timer.shutdownNow();
    }

    /** Asks to be told when a runtime that was missing at the start is there; before the start. */
    public void listen(Consumer<OctaveRuntime> listener) {
        listeners.add(listener);
    }

    /** The default runtime as it is now. */
    public RuntimeStatus status() {
        return status;
    }

    /**
     * The default runtime.
     *
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} with what to do about it
     */
    public OctaveRuntime available() {
        return status.available();
    }

    private void look() {
        try {
            found(probe.probe(DEFAULT, command()));
        } catch (OpsException e) {
            missing(e.getMessage());
        }
    }

    private void found(OctaveRuntime runtime) {
        status = new RuntimeStatus.Available(runtime);
        LOG.info(
                "runtime={} command={} octave={} packages={}",
                runtime.id(),
                String.join(" ", runtime.command()),
                runtime.version(),
                runtime.packages().size());
        for (Consumer<OctaveRuntime> listener : listeners) {
            try {
                listener.accept(runtime);
            } catch (RuntimeException e) {
                LOG.error("runtime={} a listener failed", runtime.id(), e);
            }
        }
    }

    private void missing(String why) {
        try {
            var unused = timer.schedule(this::look, settings.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("runtime={} is not looked for any more", DEFAULT, e);
            return;
        }
        if (!status.problem().equals(Optional.of(why))) {
            LOG.error("runtime={} {}", DEFAULT, why);
        }
        status = new RuntimeStatus.Unavailable(DEFAULT, command(), why);
    }

    private List<String> command() {
        return List.of(settings.command());
    }
}
