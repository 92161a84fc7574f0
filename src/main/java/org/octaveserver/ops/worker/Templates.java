package org.octaveserver.ops.worker;

import java.io.IOException;
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
import org.octaveserver.ops.error.ErrorCode;
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

        /** With the lock only. */
        @Nullable
        Template template;

        /** Why no template is tried any more. */
        Optional<String> refusal = Optional.empty();

        /** Told without the lock: who forks meanwhile is not waited for. */
        volatile boolean wanted = true;

        /** The directories of the template and its workers, where a sandbox shows them. */
        final String family;

        Slot(String family) {
            this.family = family;
        }

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
            Slot slot = slot(spec);
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
                template = started(slot, spec, module);
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

    /** A directory for a worker that is to be forked: where its template sees it, and no other one. */
    ScratchDirectories.Scratch scratch(WorkerSpec spec) {
        return scratch(slot(spec), spec);
    }

    private ScratchDirectories.Scratch scratch(Slot slot, WorkerSpec spec) {
        Optional<RunAs> account = parts.sandbox().account(spec);
        return parts.sandbox().isAround(spec.runtime())
                ? parts.scratch().create(slot.family, account)
                : parts.scratch().create(account);
    }

    private Slot slot(WorkerSpec spec) {
        return slots.computeIfAbsent(spec, s -> new Slot(parts.scratch().newFamily()));
    }

    private ForkSocket socket(WorkerSpec spec, ScratchDirectories.Scratch own) {
        try {
            ForkSocket socket = ForkSocket.in(own.directory());
            Optional<RunAs> account = parts.sandbox().account(spec);
            if (account.isPresent()) {
                account.get().own(socket.directory());
            }
            return socket;
        } catch (IOException e) {
            own.delete();
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED, "no directory for a socket in " + own.directory() + ": " + e, e);
        }
    }

    private Template started(Slot slot, WorkerSpec spec, Path module)
            throws ForkRefusedException, ModuleUnusableException {
        ScratchDirectories.Scratch own = scratch(slot, spec);
        ForkSocket socket = socket(spec, own);
        SessionProcess process = started(spec, own, module, socket);
        Template template = new Template(spec, parts, own, process, socket, handshake);
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

    private SessionProcess started(WorkerSpec spec, ScratchDirectories.Scratch own, Path module, ForkSocket socket) {
        try {
            return processes.startTemplate(spec, own, module, socket);
        } catch (OpsException e) {
            socket.delete(own.removals());
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
}
