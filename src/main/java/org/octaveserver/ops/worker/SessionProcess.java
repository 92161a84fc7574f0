package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A worker's process, started through {@code setsid} where there is one: its process id is then the id of its session
 * and group. Killing through {@link Process#destroyForcibly()} alone would leave grandchildren alive.
 */
final class SessionProcess implements WorkerProcess {
    private static final Logger LOG = LogManager.getLogger(SessionProcess.class);
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final boolean ownSession;
    private final Escapees escapees;

    private SessionProcess(Process process, boolean ownSession, Escapees escapees) {
        this.process = process;
        this.ownSession = ownSession;
        this.escapees = escapees;
    }

    /**
     * Starts a process with exactly the given environment, whose {@code HOME} must be the process's own: by it
     * descendants are known that have left the session.
     *
     * @throws IOException when the command cannot be started
     */
    static SessionProcess start(List<String> command, Path directory, Map<String, String> environment)
            throws IOException {
        List<String> whole = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> whole.add(setsid.toString()));
        boolean ownSession = !whole.isEmpty();
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new SessionProcess(builder.start(), ownSession, new Escapees("HOME=" + environment.get("HOME")));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public Optional<ProcessUsage> usage() {
        return ProcessUsage.of(process.toHandle());
    }

    @Override
    public InputStream fromWorker() {
        return process.getInputStream();
    }

    @Override
    public OutputStream toWorker() {
        return process.getOutputStream();
    }

    @Override
    public InputStream printed() {
        return process.getErrorStream();
    }

    @Override
    public OptionalInt awaitExit(Duration limit) {
        try {
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return OptionalInt.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OptionalInt.empty();
    }

    @Override
    public void onExit(Runnable action) {
        CompletableFuture<?> unused = process.onExit().thenRun(action);
    }

    @Override
    public void interrupt() {
        if (isAlive()) {
            Interrupts.send(process.pid());
        }
    }

    @Override
    public void killGroup() {
        killOwnGroup();
        escapees.kill(process.pid());
    }

    /** Whether a process is this one, or was started by it or by what it started. */
    boolean isSelfOrDescendant(long pid) {
        return pid == process.pid() || process.descendants().anyMatch(one -> one.pid() == pid);
    }

    /** Kills it, but nothing that has left its group: workers that a template has forked. */
    void killOwnGroup() {
        if (ownSession) {
            ProcessGroups.kill(process.pid());
        } else {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
        if (awaitExit(KILL_LIMIT).isEmpty()) {
            LOG.error("pid={} still runs {} s after it was killed", process.pid(), KILL_LIMIT.toSeconds());
        }
    }
}
