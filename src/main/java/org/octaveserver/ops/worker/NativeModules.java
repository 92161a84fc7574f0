package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;

/**
 * The native worker's module of each runtime, built in the background when a runtime is found for which there is none.
 * Thread-safe.
 */
public final class NativeModules implements Managed {
    private static final Logger LOG = LogManager.getLogger(NativeModules.class);
    private static final NativeModule UNKNOWN = new NativeModule.Missing("its runtime was not found yet");
    private static final NativeModule BUILDING = new NativeModule.Missing("the native worker is being built");

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Implementation wanted;
    private final Duration patience;
    private final ModuleBuilder builder;
    private final ExecutorService builds = Executors.newSingleThreadExecutor(new NamedThreads("native"));
    private final Map<OctaveRuntime, CompletableFuture<NativeModule>> modules = new ConcurrentHashMap<>();
    private final List<Consumer<OctaveRuntime>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Modules in a directory.
     *
     * @param root where they are kept
     * @param octaveCode the directory of {@code native}, their sources
     * @param portable starts the workers that compile
     */
    public NativeModules(WorkerSettings settings, Path root, Path octaveCode, WorkerLauncher portable) {
        this.wanted = settings.implementation();
        this.patience = settings.startTimeout();
        this.builder = new ModuleBuilder(root, octaveCode, portable);
    }

    /** Asks to be told, on the thread that builds, when workers of a runtime can be native that could not before. */
    void listen(Consumer<OctaveRuntime> listener) {
        listeners.add(listener);
    }

    /** A runtime is there, or is another than it was, or is gone. */
    public void runtimeChanged(RuntimeStatus status) {
        modules.keySet()
                .removeIf(
                        old -> old.id().equals(status.id()) && !status.runtime().equals(Optional.of(old)));
        status.runtime().ifPresent(runtime -> {
            var unused = of(runtime);
        });
    }

    /** Which implementation new workers of a runtime have, and why. */
    public NativeModule module(OctaveRuntime runtime) {
        return Optional.ofNullable(modules.get(runtime))
                .map(module -> module.getNow(BUILDING))
                .orElse(UNKNOWN);
    }

    /** The same by the name of the runtime, as it was found last. */
    public Optional<NativeModule> module(String runtimeId) {
        return modules.keySet().stream()
                .filter(runtime -> runtime.id().equals(runtimeId))
                .findFirst()
                .map(this::module);
    }

    /**
     * The directory of a runtime's module; empty when its workers are to be portable.
     *
     * @throws OpsException WORKER_START_FAILED when they are to be native and cannot
     */
    Optional<Path> folder(OctaveRuntime runtime) {
        CompletableFuture<NativeModule> module = of(runtime);
        NativeModule now = wanted == Implementation.NATIVE ? awaited(module) : module.getNow(BUILDING);
        if (now instanceof NativeModule.Ready ready) {
            return Optional.of(ready.folder());
        }
        if (wanted == Implementation.NATIVE) {
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED,
                    now.reason() + " (setting ops.worker.implementation is native; auto would use the portable one)");
        }
        return Optional.empty();
    }

    /** Whether nothing else will do. */
    boolean isRequired() {
        return wanted == Implementation.NATIVE;
    }

    private NativeModule awaited(CompletableFuture<NativeModule> module) {
        try {
            return module.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return BUILDING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BUILDING;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a build never fails", e);
        }
    }

    private CompletableFuture<NativeModule> of(OctaveRuntime runtime) {
        return modules.computeIfAbsent(runtime, this::begin);
    }

    private CompletableFuture<NativeModule> begin(OctaveRuntime runtime) {
        if (wanted == Implementation.PORTABLE) {
            return CompletableFuture.completedFuture(
                    new NativeModule.Missing("the setting ops.worker.implementation is portable"));
        }
        if (builder.isBuilt(runtime)) {
            LOG.info("runtime={} implementation=native", runtime.id());
            return CompletableFuture.completedFuture(new NativeModule.Ready(builder.folder(runtime)));
        }
        CompletableFuture<NativeModule> module = new CompletableFuture<>();
        try {
            builds.execute(() -> build(runtime, module));
        } catch (RejectedExecutionException e) {
            module.complete(new NativeModule.Missing("the server is stopping"));
        }
        return module;
    }

    private void build(OctaveRuntime runtime, CompletableFuture<NativeModule> module) {
        LOG.info("runtime={} the native worker is being built; until then workers are portable", runtime.id());
        NativeModule built = new NativeModule.Missing("building the native worker failed; see the server's log");
        try {
            built = builder.build(runtime);
        } catch (RuntimeException e) {
            LOG.error("runtime={} building the native worker failed", runtime.id(), e);
        } finally {
            module.complete(built);
        }
        if (built instanceof NativeModule.Ready) {
            LOG.info("runtime={} implementation=native", runtime.id());
            listeners.forEach(listener -> listener.accept(runtime));
        } else {
            LOG.warn("runtime={} implementation=portable: {}", runtime.id(), built.reason());
        }
    }

    /** Ends a build that goes on, and waits until nothing of it is left. */
    @Override
    public void stop() {
        builds.shutdown();
        builder.stop();
        try {
            if (!builds.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("a native worker is still being built {} s after the stop", STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
