package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Starts the processes of workers and templates: {@code octave-cli} in a session of its own. Thread-safe. */
final class OctaveProcesses {
    private final LauncherParts parts;

    OctaveProcesses(LauncherParts parts) {
        this.parts = parts;
    }

    /**
     * Starts one and notes it in its directory, which is removed when it cannot be started.
     *
     * @param module the directory of the native worker's module; absent: a portable worker
     */
    SessionProcess start(WorkerSpec spec, ScratchDirectories.Scratch own, Optional<Path> module) {
        return start(spec, own, module, Optional.empty());
    }

    /** Starts one from which workers are to be forked: the limits are theirs, not its own. */
    SessionProcess startTemplate(WorkerSpec spec, ScratchDirectories.Scratch own, Path module, ForkSocket socket) {
        return start(spec, own, Optional.of(module), Optional.of(socket));
    }

    private SessionProcess start(
            WorkerSpec spec, ScratchDirectories.Scratch own, Optional<Path> module, Optional<ForkSocket> socket) {
        try {
            List<String> command = new ArrayList<>();
            if (socket.isEmpty()) {
                command.addAll(HeldLimits.inFrontOf(spec.limits().held()));
            }
            command.addAll(parts.sandbox().inFrontOf(spec, view(spec, own, module, socket)));
            command.addAll(command(spec, module));
            SessionProcess process = SessionProcess.start(
                    command, own.work(), environment(own), parts.sandbox().around(spec));
            own.recordProcess(process.pid());
            return process;
        } catch (OpsException e) {
            own.delete();
            throw e;
        } catch (IOException e) {
            own.delete();
            throw new OpsException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "Octave could not be started as "
                            + String.join(" ", spec.runtime().command()) + ": "
                            + e.getMessage() + " (install GNU Octave, or set the command of the runtime "
                            + spec.runtime().id() + ")",
                    e);
        }
    }

    private List<String> command(WorkerSpec spec, Optional<Path> module) {
        List<String> command = new ArrayList<>(spec.runtime().command());
        command.addAll(List.of("--norc", "--no-history", "--quiet", "--no-gui", "--no-line-editing"));
        for (String folder : List.of("worker", "package/inst", "stand-ins")) {
            command.addAll(List.of("--path", parts.octaveCode().resolve(folder).toString()));
        }
        module.ifPresent(folder -> command.addAll(List.of("--path", folder.toString())));
        command.addAll(List.of("--eval", module.isPresent() ? "ops_native_main" : "ops_worker_main"));
        return command;
    }

    /** What it needs: a template also what its workers will. */
    private static Sandbox.View view(
            WorkerSpec spec, ScratchDirectories.Scratch own, Optional<Path> module, Optional<ForkSocket> socket) {
        List<Path> write = new ArrayList<>(spec.access().write());
        if (socket.isPresent()) {
            write.add(own.family());
            write.add(socket.get().directory());
        } else {
            write.addAll(List.of(own.work(), own.home(), own.temporary()));
        }
        List<Path> read = new ArrayList<>(spec.access().read());
        read.addAll(spec.loadPath());
        module.ifPresent(read::add);
        return new Sandbox.View(own.work(), write, read);
    }

    /** A worker sees no secret of the server's environment, and writes nothing into the service account's home. */
    private Map<String, String> environment(ScratchDirectories.Scratch own) {
        Map<String, String> environment = new HashMap<>();
        List<String> passed = new ArrayList<>(List.of("PATH", "TZ"));
        passed.addAll(parts.settings().environment().orElse(List.of()));
        for (String name : passed) {
            String value = parts.serverEnvironment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(ownEnvironment(own));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("OPS_WORKER_RANDOM", parts.settings().random().name().toLowerCase(Locale.ROOT));
        environment.put("OMP_NUM_THREADS", Integer.toString(parts.settings().threads()));
        environment.put(
                "OPENBLAS_NUM_THREADS", Integer.toString(parts.settings().threads()));
        return environment;
    }

    /** What differs from worker to worker. */
    static Map<String, String> ownEnvironment(ScratchDirectories.Scratch own) {
        return Map.of(
                "HOME", own.home().toString(),
                "TMPDIR", own.temporary().toString());
    }
}
