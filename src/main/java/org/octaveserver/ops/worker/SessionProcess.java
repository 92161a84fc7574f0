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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
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

    /** Bubblewrap outside, its first process inside, and Octave. */
    private static final int WITH_SANDBOX = 3;

    private static final int STREAMS = 3;

    private final Process process;
    private final boolean sandboxed;
    private final boolean ownSession;
    private final Escapees escapees;

    private SessionProcess(Process process, boolean ownSession, Escapees escapees, boolean sandboxed) {
        this.sandboxed = sandboxed;
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
    static SessionProcess start(List<String> command, Path directory, Map<String, String> environment, Walls walls)
            throws IOException {
        List<String> whole = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> whole.add(setsid.toString()));
        boolean ownSession = !whole.isEmpty();
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (walls.account().isPresent()) {
            giveStreams(process.pid(), walls.account().get());
        }
        return new SessionProcess(
                process, ownSession, new Escapees("HOME=" + environment.get("HOME")), walls.sandboxed());
    }

    /** Its own streams, by their names under {@code /dev/fd}: they belong to whoever made them, and it opens them anew. */
    private static void giveStreams(long pid, RunAs account) {
        for (int stream = 0; stream < STREAMS; stream++) {
            try {
                account.own(Path.of("/proc", Long.toString(pid), "fd", Integer.toString(stream)));
            } catch (IOException e) {
                LOG.debug("pid={} has ended already", pid, e);
            }
        }
    }

    /**
     * What is around a process.
     *
     * @param sandboxed whether what is started is a sandbox, with the process in it
     * @param account the one that it becomes, if it is another than the server's
     */
    record Walls(boolean sandboxed, Optional<RunAs> account) {
        static final Walls NONE = new Walls(false, Optional.empty());
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
        if (!sandboxed) {
            return ProcessUsage.of(process.toHandle());
        }
        List<ProcessTable.One> group = ProcessTable.now().groupOf(process.pid());
        return group.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProcessUsage(ProcessTable.cpu(group), ProcessMemory.upperBound(group)));
    }

    @Override
    public int ownProcesses() {
        return sandboxed ? WITH_SANDBOX : 1;
    }

    @Override
    public Opened open(KeptOutput kept, BiFunction<InputStream, KeptOutput, WorkerOutput> drained) {
        return new Opened(fromWorker(), toWorker(), drained.apply(printed(), kept));
    }

    /** What the process sends to the server. */
    InputStream fromWorker() {
        return process.getInputStream();
    }

    /** What the server sends to it. */
    OutputStream toWorker() {
        return process.getOutputStream();
    }

    /** What user code and the programs it starts print. */
    InputStream printed() {
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

    /** The number by which the system knows the process in it that calls itself this, if it is of it. */
    OptionalLong outer(long inner) {
        if (inner == process.pid()) {
            return OptionalLong.of(inner);
        }
        List<Long> descendants = process.descendants().map(ProcessHandle::pid).toList();
        OptionalLong numberedAnew = InnerNumbers.find(descendants, inner);
        return numberedAnew.isPresent() || !descendants.contains(inner) ? numberedAnew : OptionalLong.of(inner);
    }

    /**
     * Kills it, but not the workers that it has forked. These live as long as the sandbox, whose first process lives as long as
     * anything in it.
     *
     * @param self Octave's own process
     */
    void killButWorkers(long self) {
        if (sandboxed) {
            ProcessHandle.of(self).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        } else {
            killOwnGroup();
        }
    }

    private void killOwnGroup() {
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
