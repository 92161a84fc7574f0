package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.settings.SettingsException;

/** Puts what walls there are around the processes of workers and templates. Thread-safe. */
public final class Sandbox {
    private static final Logger LOG = LogManager.getLogger(Sandbox.class);
    private static final List<String> TO_CHANGE_ACCOUNT = List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP");
    /** Packages are unpacked and installed with the owners and modes that they have. */
    private static final List<String> TO_BUILD = List.of("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER");

    private final SandboxSettings settings;
    private final Path octaveCode;
    private final Optional<RunAs> account;
    private final List<Path> read;
    private final List<Path> write;
    private final SandboxTrial trial = new SandboxTrial();
    /** What stands against a sandbox, by the command of the runtime; empty where nothing does. */
    private final Map<List<String>, Optional<String>> problems = new ConcurrentHashMap<>();

    /**
     * What the settings ask for.
     *
     * @param octaveCode the directory of OPS's own Octave code
     * @throws SettingsException when they cannot be met on any machine like this
     */
    public Sandbox(SandboxSettings settings, Path octaveCode) {
        this.settings = settings;
        this.octaveCode = octaveCode;
        this.account = RunAs.of(settings);
        this.read = absolute("ops.sandbox.read", settings.read());
        this.write = absolute("ops.sandbox.write", settings.write());
    }

    private static List<Path> absolute(String setting, Optional<List<String>> names) {
        List<Path> paths = names.orElse(List.of()).stream().map(Path::of).toList();
        for (Path path : paths) {
            if (!path.isAbsolute() || !Files.exists(path)) {
                throw new SettingsException(
                        List.of(setting + " has " + path + "; expected absolute paths of what exists"));
            }
        }
        return paths;
    }

    /**
     * What a process is to see.
     *
     * @param work the directory that it works in
     * @param write what it may write
     * @param read what it may read
     */
    record View(Path work, List<Path> write, List<Path> read) {}

    /** For people: {@code bubblewrap} or {@code none}, and why the latter where the former was asked for. */
    public record State(String kind, Optional<String> problem) {}

    /** That of the workers of a runtime. */
    public State state(List<String> command) {
        if (settings.mode() == SandboxMode.NONE) {
            return new State("none", Optional.empty());
        }
        Optional<String> problem = problem(command);
        return new State(problem.isEmpty() ? "bubblewrap" : "none", problem);
    }

    /** A runtime is there, or is another than it was: whether it runs in a sandbox is tried, and told in the log. */
    public void runtimeChanged(RuntimeStatus status) {
        if (settings.mode() == SandboxMode.NONE || status.runtime().isEmpty()) {
            return;
        }
        problems.remove(status.command());
        Optional<String> problem = problem(status.command());
        if (problem.isEmpty()) {
            LOG.info("runtime={} sandbox=bubblewrap", status.id());
        } else if (settings.mode() == SandboxMode.AUTO) {
            LOG.warn("runtime={} sandbox=none: {}", status.id(), problem.get());
        } else {
            LOG.error("runtime={} no worker can be started: {}", status.id(), problem.get());
        }
    }

    private Optional<String> problem(List<String> command) {
        return problems.computeIfAbsent(command, one -> trial.problem(this::walls, one));
    }

    /**
     * Whether workers of a runtime are in one.
     *
     * @throws OpsException WORKER_START_FAILED when they must and cannot
     */
    boolean isAround(OctaveRuntime runtime) {
        if (settings.mode() == SandboxMode.NONE) {
            return false;
        }
        Optional<String> problem = problem(runtime.command());
        if (problem.isPresent() && settings.mode() == SandboxMode.BUBBLEWRAP) {
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED,
                    problem.get() + " (setting ops.sandbox.mode is bubblewrap; auto would do without)");
        }
        return problem.isEmpty();
    }

    /** The account of a worker, if it is another than the server's. */
    Optional<RunAs> account(WorkerSpec spec) {
        return spec.access().builds() ? Optional.empty() : account;
    }

    SessionProcess.Walls around(WorkerSpec spec) {
        return new SessionProcess.Walls(isAround(spec.runtime()), account(spec));
    }

    /** What to put in front of the command of a process. */
    List<String> inFrontOf(WorkerSpec spec, View view) {
        List<String> words = new ArrayList<>();
        if (isAround(spec.runtime())) {
            words.addAll(walls(spec.runtime().command(), spec.access().builds(), view));
        }
        account(spec).ifPresent(other -> words.addAll(other.inFrontOf()));
        return words;
    }

    private List<String> walls(List<String> command, View view) {
        List<String> words = new ArrayList<>(walls(command, false, view));
        account.ifPresent(other -> {
            try {
                other.own(view.work());
            } catch (IOException e) {
                LOG.warn("directory={} cannot be given to the account of workers", view.work(), e);
            }
            words.addAll(other.inFrontOf());
        });
        return words;
    }

    private List<String> walls(List<String> command, boolean builds, View view) {
        BubblewrapCommand walls = new BubblewrapCommand(
                SandboxTrial.bubblewrap(),
                settings.network(),
                settings.tmpSize().bytes());
        List<Path> seen = Stream.of(List.of(octaveCode), InstallationFolder.of(command), read, view.read())
                .flatMap(List::stream)
                .toList();
        walls.read(seen)
                .write(Stream.concat(write.stream(), view.write().stream()).toList());
        if (!RunAs.serverIsRoot()) {
            walls.unprivileged();
        } else {
            walls.keeping(builds ? TO_BUILD : TO_CHANGE_ACCOUNT);
        }
        return walls.whole();
    }
}
