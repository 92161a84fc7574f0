package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.OpsException;

/** The templates of this node, one for each spec, started when the first worker is needed. Thread-safe. */
final class Templates {
    private static final Logger LOG = LogManager.getLogger(Templates.class);
    /** Of a template that died; a second one that dies at once too is no accident. */
    private static final int ATTEMPTS = 2;

    private final LauncherParts parts;
    private final OctaveProcesses processes;
    private final Handshake handshake;
    private final Map<WorkerSpec, Slot> slots = new ConcurrentHashMap<>();

    Templates(LauncherParts parts, OctaveProcesses processes, Handshake handshake) {
        this.parts = parts;
        this.processes = processes;
        this.handshake = handshake;
    }

    /** What there is for one spec. */
    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();

        @Nullable
        Template template;

        /** Why no template is tried any more. */
        Optional<String> refusal = Optional.empty();

        boolean wanted = true;

        /** Another one has its place. */
        boolean removed;
    }

    /**
     * Forks a worker of a template, which is started first if need be.
     *
     * @param home the worker's own directory
     * @return empty when there can be no template: the worker is to be started afresh
     * @throws OpsException as for a worker that cannot be started
     * @throws ModuleUnusableException when the process is not even a native worker
     */
    Optional<ForkedProcess> fork(WorkerSpec spec, Path module, ScratchDirectories.Scratch home)
            throws ModuleUnusableException {
        while (true) {
            Slot slot = slots.computeIfAbsent(spec, s -> new Slot());
            slot.lock.lock();
            try {
                if (!slot.removed) {
                    return forkIfPossible(slot, spec, module, home);
                }
            } finally {
                slot.lock.unlock();
            }
        }
    }

    private Optional<ForkedProcess> forkIfPossible(
            Slot slot, WorkerSpec spec, Path module, ScratchDirectories.Scratch home) throws ModuleUnusableException {
        if (slot.refusal.isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(fork(slot, spec, module, home));
        } catch (ForkRefusedException e) {
            LOG.warn("serves={} each worker is started afresh, not forked: {}", spec.label(), e.why());
            slot.refusal = Optional.of(e.why());
            end(slot);
            return Optional.empty();
        }
    }

    private ForkedProcess fork(Slot slot, WorkerSpec spec, Path module, ScratchDirectories.Scratch home)
            throws ForkRefusedException, ModuleUnusableException {
        for (int attempt = 1; ; attempt++) {
            Template template = slot.template;
            if (template == null || !template.isUsable()) {
                end(slot);
                template = started(spec, module);
                slot.template = template;
            }
            try {
                return template.fork(home);
            } catch (OpsException e) {
                if (attempt == ATTEMPTS || template.isUsable()) {
                    throw e;
                }
                LOG.warn("serves={} {}; another template is started", spec.label(), e.getMessage());
            }
        }
    }

    private Template started(WorkerSpec spec, Path module) throws ForkRefusedException, ModuleUnusableException {
        ScratchDirectories.Scratch own = parts.scratch().create();
        SessionProcess process = processes.startTemplate(spec, own, module);
        Template template = new Template(spec, parts, own, process, handshake);
        try {
            template.start();
            return template;
        } catch (OpsException e) {
            if (!template.greeted()) {
                throw new ModuleUnusableException(e);
            }
            throw e;
        }
    }

    /** Ends templates of other specs, those with workers when these have ended. */
    void keepOnly(Set<WorkerSpec> kept) {
        slots.forEach((spec, slot) -> slot.wanted = kept.contains(spec));
        sweep(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Ends templates without workers: those that nobody wants, and those that were not asked for as long as this. */
    void sweep(Duration idle) {
        for (Map.Entry<WorkerSpec, Slot> entry : slots.entrySet()) {
            Slot slot = entry.getValue();
            // One that is just being used needs no end.
            if (slot.lock.tryLock()) {
                try {
                    sweep(entry.getKey(), slot, idle);
                } finally {
                    slot.lock.unlock();
                }
            }
        }
    }

    private void sweep(WorkerSpec spec, Slot slot, Duration idle) {
        Template template = slot.template;
        boolean childless = template == null || template.isChildless();
        if (childless && (!slot.wanted || (template != null && template.idle().compareTo(idle) >= 0))) {
            end(slot);
        }
        if (slot.template == null && !slot.wanted) {
            slot.removed = slots.remove(spec, slot);
        }
    }

    private static void end(Slot slot) {
        Template template = slot.template;
        slot.template = null;
        if (template != null) {
            template.end();
        }
    }

    /** Ends all. */
    void stop() {
        for (Slot slot : slots.values()) {
            slot.lock.lock();
            try {
                end(slot);
            } finally {
                slot.lock.unlock();
            }
        }
    }

    /** The process of the template of a spec, if it has one. */
    Optional<Long> pid(WorkerSpec spec) {
        return Optional.ofNullable(slots.get(spec))
                .flatMap(slot -> Optional.ofNullable(slot.template))
                .map(Template::pid);
    }
}
