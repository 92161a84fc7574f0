package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * Starts native workers, forked from a template where that is possible, and portable ones where there is no module for
 * native ones. Thread-safe.
 */
public final class NativeLauncher implements WorkerLauncher, Managed {
    private static final Logger LOG = LogManager.getLogger(NativeLauncher.class);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final LauncherParts parts;
    private final NativeModules modules;
    private final WorkerLauncher portable;
    private final OctaveProcesses processes;
    private final Handshake handshake;
    private final Templates templates;
    private final PeriodicTasks sweeping = new PeriodicTasks("templates");
    /** Portable workers that are used until there is a module. */
    private final Map<Worker, OctaveRuntime> standIns = new ConcurrentHashMap<>();

    public NativeLauncher(LauncherParts parts, NativeModules modules, WorkerLauncher portable) {
        this.parts = parts;
        this.modules = modules;
        this.portable = portable;
        this.processes = new OctaveProcesses(parts);
        this.handshake = new Handshake(parts);
        this.templates = new Templates(parts, processes, handshake);
        modules.listen(this::replaceStandIns);
    }

    @Override
    public void start() {
        sweeping.repeat(SWEEP, SWEEP, () -> {
            templates.sweep(parts.settings().templateIdle());
            standIns.keySet().removeIf(worker -> worker.state() == WorkerState.DEAD);
        });
    }

    @Override
    public void stop() {
        sweeping.stop();
        templates.stop();
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        Optional<Path> module = modules.folder(spec.runtime());
        if (module.isEmpty()) {
            Worker worker = portable.launch(spec);
            standIns.put(worker, spec.runtime());
            return worker;
        }
        try {
            return launch(spec, module.get());
        } catch (ModuleUnusableException e) {
            if (modules.isRequired()) {
                throw e.why();
            }
            // The runtime may have become another: a portable worker notices.
            LOG.warn(
                    "serves={} a portable worker is started: {}",
                    spec.label(),
                    e.why().getMessage());
            return portable.launch(spec);
        }
    }

    @Override
    public void keepOnly(Set<WorkerSpec> specs) {
        templates.keepOnly(specs);
    }

    private Worker launch(WorkerSpec spec, Path module) throws ModuleUnusableException {
        ScratchDirectories.Scratch own = templates.scratch(spec);
        Optional<ForkedProcess> forked = forked(spec, module, own);
        if (forked.isPresent()) {
            own.recordProcess(forked.get().pid());
            return handshake.ready(spec, own, forked.get(), List.of());
        }
        return handshake.ready(spec, own, processes.start(spec, own, Optional.of(module)), spec.loadPath());
    }

    private Optional<ForkedProcess> forked(WorkerSpec spec, Path module, ScratchDirectories.Scratch own)
            throws ModuleUnusableException {
        try {
            return templates.fork(spec, module, own);
        } catch (OpsException | ModuleUnusableException e) {
            own.delete();
            throw e;
        }
    }

    private void replaceStandIns(OctaveRuntime runtime) {
        standIns.forEach((worker, own) -> {
            if (own.equals(runtime)) {
                worker.outdate();
            }
        });
    }
}
