package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
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
            OctaveRuntime found = probe.probe(DEFAULT, command());
            status = new RuntimeStatus.Available(found);
            LOG.info(
                    "runtime={} command={} octave={} packages={}",
                    found.id(),
                    String.join(" ", found.command()),
                    found.version(),
                    found.packages().size());
            listeners.forEach(listener -> listener.accept(found));
        } catch (OpsException e) {
            if (status.problem().isEmpty() || !status.problem().get().equals(e.getMessage())) {
                LOG.error("runtime={} {}", DEFAULT, e.getMessage());
            }
            status = new RuntimeStatus.Unavailable(DEFAULT, command(), e.getMessage());
            var unused = timer.schedule(this::look, settings.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private List<String> command() {
        return List.of(settings.command());
    }
}
