package org.octaveserver.ops.runtime;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.settings.SettingsException;

/**
 * The registered Octave installations, each with a state of its own. One that is missing is looked for again until it is
 * there, and one that is there is looked at for changes, so that installing or upgrading Octave needs no restart of the
 * server. Thread-safe.
 */
public final class Runtimes implements RegisteredRuntimes, Managed {
    /** The runtime whose command is {@code ops.runtime.command}. */
    public static final String DEFAULT = "default";

    private static final Logger LOG = LogManager.getLogger(Runtimes.class);
    private static final int MOST_THREADS = 4;

    private final String defaultId;
    /** The default one first, the others by name. */
    private final Map<String, RuntimeWatch> watches = new LinkedHashMap<>();

    private final NamedThreads threads = new NamedThreads("probe");
    private final ScheduledExecutorService timer;
    private final List<Consumer<RuntimeStatus>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Runtimes that were not looked for yet.
     *
     * @throws SettingsException when the default one is not registered
     */
    public Runtimes(RuntimeSettings settings) {
        this.defaultId = settings.defaultId();
        Map<String, String> commands = new TreeMap<>(settings.commands());
        if (commands.containsKey(DEFAULT)) {
            throw new SettingsException(
                    List.of("ops.runtime.default.command: the command of that runtime is ops.runtime.command"));
        }
        commands.put(DEFAULT, settings.command());
        if (!commands.containsKey(defaultId)) {
            throw new SettingsException(List.of("ops.runtime.default: no runtime is named \"" + defaultId + "\"; set "
                    + Registration.settingOf(defaultId) + ", or name one of " + String.join(", ", commands.keySet())));
        }
        this.timer = new ScheduledThreadPoolExecutor(Math.min(MOST_THREADS, commands.size()), threads);
        RuntimeProbe probe = new RuntimeProbe(settings.probeTimeout());
        watch(defaultId, requireNonNull(commands.remove(defaultId)), settings, probe);
        commands.forEach((id, command) -> watch(id, command, settings, probe));
    }

    private void watch(String id, String command, RuntimeSettings settings, RuntimeProbe probe) {
        Registration registration = new Registration(id, List.of(command));
        watches.put(id, new RuntimeWatch(registration, settings, probe, timer, this::tell));
    }

    /** Looks for all of them, at once here and from then on in the background. */
    @Override
    public void start() {
        CompletableFuture.allOf(watches.values().stream()
                        .map(watch -> CompletableFuture.runAsync(watch::begin, timer))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void stop() {
        threads.stop(timer);
    }

    /**
     * Asks to be told when a runtime is there that was not, is another than it was, or is gone; before the start. Told on a
     * thread that looks for runtimes.
     */
    public void listen(Consumer<RuntimeStatus> listener) {
        listeners.add(listener);
    }

    private void tell(RuntimeStatus changed) {
        for (Consumer<RuntimeStatus> listener : listeners) {
            try {
                listener.accept(changed);
            } catch (RuntimeException e) {
                LOG.error("runtime={} a listener failed", changed.id(), e);
            }
        }
    }

    /** The name of the default runtime. */
    public String defaultId() {
        return defaultId;
    }

    /** The default runtime as it is now. */
    public RuntimeStatus status() {
        return requireNonNull(watches.get(defaultId)).status();
    }

    @Override
    public List<RuntimeStatus> statuses() {
        return watches.values().stream().map(RuntimeWatch::status).toList();
    }

    /** The ids of all, the default one first. */
    public List<String> ids() {
        return List.copyOf(watches.keySet());
    }

    /** Looks at a runtime now: whoever uses it found that it is another than it was. Completes when it was looked at. */
    public CompletableFuture<Void> lookAgain(String id) {
        return Optional.ofNullable(watches.get(id))
                .map(RuntimeWatch::askSoon)
                .orElse(CompletableFuture.completedFuture(null));
    }
}
