package org.octaveserver.ops.worker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.StateMachine;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WireException;

/**
 * An Octave process that has loaded what workers of one spec load, runs no calls, and is forked for each worker. Its
 * workers outlive it. {@link #start}, {@link #fork} and {@link #end} are for one thread at a time.
 */
final class Template {
    private static final Logger LOG = LogManager.getLogger(Template.class);
    /** A fork takes milliseconds, and seconds on a machine that is far behind. */
    private static final Duration FORK_LIMIT = Duration.ofSeconds(10);

    private static final Duration EXIT_LIMIT = Duration.ofSeconds(2);
    /** A template that hangs, or was stopped, leaves its workers as zombies. */
    private static final EndReason SILENT =
            new EndReason(ErrorCode.WORKER_START_FAILED, "it does not tell which of its workers have ended");

    private static final long NOBODY = -1;
    private static final String CANNOT_FORK = "ops:cannotFork";
    private static final String NO_CONNECTION = "ops:noConnection";

    private final WorkerSpec spec;
    private final LauncherParts parts;
    private final ScratchDirectories.Scratch own;
    private final SessionProcess process;
    private final WorkerOutput output;
    private final WorkerChannel channel;
    private final ForkedExits exits = new ForkedExits();
    private final StateMachine<TemplateState> state;
    private final AtomicReference<@Nullable EndReason> endReason = new AtomicReference<>();
    private final ForkSocket socket;
    private volatile boolean greeted;
    /** Octave's own process, as the system knows it. */
    private volatile long self = NOBODY;

    private volatile long lastUsed = System.nanoTime();

    /** A template whose process runs, before its handshake. */
    Template(
            WorkerSpec spec,
            LauncherParts parts,
            ScratchDirectories.Scratch own,
            SessionProcess process,
            ForkSocket socket,
            Handshake handshake) {
        this.socket = socket;
        this.spec = spec;
        this.parts = parts;
        this.own = own;
        this.process = process;
        WorkerProcess.Opened streams = handshake.open(spec, process);
        this.output = streams.output();
        this.channel = new WorkerChannel(
                streams.fromWorker(),
                streams.toWorker(),
                parts.settings().maxMessageSize().intBytes(),
                Optional.of(exits::ended));
        this.state = TemplateState.begin(own.id());
        handshake.read(channel);
        process.onExit(this::processEnded);
    }

    /**
     * Waits until it has loaded everything and listens.
     *
     * @throws ForkRefusedException when it never will
     * @throws OpsException as for a worker that cannot be started
     */
    void start() throws ForkRefusedException {
        long begin = System.nanoTime();
        Duration limit = parts.settings().startTimeout();
        EndReason late = EndReason.startDeadline(limit);
        Watchdog.Watch watch = parts.watchdog().watch(Deadline.after(limit), () -> kill(late));
        try {
            greet();
            load();
            listen();
            if (!watch.close() || !state.move(TemplateState.STARTING, TemplateState.READY)) {
                throw startFailed(late, null);
            }
            LOG.info(
                    "template={} from=STARTING to=READY serves={} pid={} after={}ms",
                    own.id(),
                    spec.label(),
                    process.pid(),
                    (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException e) {
            kill(EndReason.of(e, process, WorkerLimits.NONE));
            throw startFailed(requireNonNull(endReason.get()), e);
        } finally {
            watch.close();
            if (state.get() != TemplateState.READY) {
                kill(EndReason.failed());
            }
        }
        if (!process.isAlive()) {
            processEnded();
        }
    }

    private OpsException startFailed(EndReason why, @Nullable IOException cause) {
        String printed = printed();
        return new OpsException(
                ErrorCode.WORKER_START_FAILED,
                "no worker could be started: " + why.message() + (printed.isEmpty() ? "" : "; it printed: " + printed),
                cause);
    }

    private void greet() throws IOException, ForkRefusedException {
        Hello hello = channel.hello();
        greeted = true;
        if (Handshake.isAnother(spec, hello.octaveVersion())) {
            throw Handshake.another(spec, hello.octaveVersion());
        }
        self = process.outer(hello.pid()).orElse(NOBODY);
        if (self == NOBODY) {
            throw new ForkRefusedException("the command of the runtime gives processes numbers of their own");
        }
    }

    private void load() throws IOException {
        Answer answer = channel.start(new StartRequest(Protocol.VERSION, output.begin(), own.work(), spec.loadPath()));
        if (!output.awaitWhole(Warmup.MARK_LIMIT)) {
            throw new WireException("its output was closed");
        }
        if (answer instanceof Answer.Failed failed) {
            EndReason why = new EndReason(
                    ErrorCode.WORKER_START_FAILED,
                    "loading failed: " + failed.failure().message());
            kill(why);
            throw why.toException();
        }
        if (spec.warmup().isPresent()) {
            Warmup.run(spec.warmup().get(), own.id(), channel, output);
        }
        // From here on nothing ends what it prints: it is of interest when it dies.
        String unused = output.begin();
    }

    private void listen() throws IOException, ForkRefusedException {
        if (channel.listen(socket.path()) instanceof Answer.Failed failed) {
            throw new ForkRefusedException(failed.failure().message());
        }
    }

    /**
     * Forks a worker, which says HELLO next.
     *
     * @param home the worker's own directory
     * @throws ForkRefusedException when it never will
     * @throws OpsException WORKER_START_FAILED when it could not now; it is dead then if it is not usable any more
     */
    ForkedProcess fork(ScratchDirectories.Scratch home) throws ForkRefusedException {
        lastUsed = System.nanoTime();
        EndReason late = new EndReason(
                ErrorCode.WORKER_START_FAILED, "it forked no worker within " + FORK_LIMIT.toSeconds() + " s");
        Watchdog.Watch watch = parts.watchdog().watch(Deadline.after(FORK_LIMIT), () -> kill(late));
        ForkedProcess.Sockets sockets = null;
        try {
            sockets = socket.connect();
            Answer answer = channel.fork(
                    OctaveProcesses.ownEnvironment(home), spec.limits().held());
            if (answer instanceof Answer.Forked forked) {
                long known = known(forked.pid());
                ForkedProcess worker = new ForkedProcess(
                        known,
                        sockets,
                        new ForkedProcess.Parent(exits.of(forked.pid(), known), exits::areOrphaned, () -> kill(SILENT)),
                        parts.scratch().escapees(home),
                        parts.watchdog());
                sockets = null;
                return worker;
            }
            throw refused(((Answer.Failed) answer).failure());
        } catch (IOException e) {
            kill(new EndReason(ErrorCode.WORKER_START_FAILED, "it broke its channel: " + e.getMessage()));
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED,
                    "no worker could be forked: "
                            + requireNonNull(endReason.get()).message(),
                    e);
        } finally {
            watch.close();
            if (sockets != null) {
                sockets.close();
            }
        }
    }

    /** The number by which the system knows a worker. */
    private long known(long forked) {
        if (self == process.pid()) {
            return forked;
        }
        return InnerNumbers.find(ProcessTable.childrenOf(self), forked)
                .orElseThrow(() ->
                        new OpsException(ErrorCode.WORKER_START_FAILED, "no worker could be forked: it ended at once"));
    }

    private OpsException refused(OctaveFailure failure) throws ForkRefusedException {
        if (failure.identifier().equals(CANNOT_FORK)) {
            throw new ForkRefusedException(failure.message());
        }
        if (failure.identifier().equals(NO_CONNECTION)) {
            // User code may have put another socket in the place of its own.
            kill(new EndReason(ErrorCode.WORKER_START_FAILED, failure.message()));
        }
        return new OpsException(ErrorCode.WORKER_START_FAILED, "no worker could be forked: " + failure.message());
    }

    /** Whether it can be asked for a worker. */
    boolean isUsable() {
        return state.get() == TemplateState.READY && process.isAlive();
    }

    /** Whether the process was a native worker at all: it has said HELLO. */
    boolean greeted() {
        return greeted;
    }

    /** Whether none of its workers lives. */
    boolean isChildless() {
        return exits.isEmpty();
    }

    /** How long ago a worker was asked for. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Asks it to end, and kills it when it does not. */
    void end() {
        if (state.move(TemplateState.READY, TemplateState.STOPPING)) {
            try {
                channel.shutdown();
                var unused = process.awaitExit(parts.settings().stopTimeout());
            } catch (IOException e) {
                LOG.debug("template={} ended before it was asked to", own.id(), e);
            }
        }
        kill(EndReason.unneeded());
    }

    private void processEnded() {
        if (state.get() == TemplateState.READY) {
            String printed = printed();
            kill(new EndReason(
                    ErrorCode.WORKER_START_FAILED,
                    "its process ended" + (printed.isEmpty() ? "" : "; it printed: " + printed)));
        } else {
            Watchdog.Watch unused = parts.watchdog().watch(Deadline.after(EXIT_LIMIT), channel::abandon);
        }
    }

    /** What it printed since it was loaded; when it is dead, all of it. */
    private String printed() {
        return output.kept().strip();
    }

    private void kill(EndReason reason) {
        if (!endReason.compareAndSet(null, reason)) {
            return;
        }
        TemplateState before = state.get();
        if (state.moveTo(TemplateState.DEAD)) {
            LOG.info(
                    "template={} from={} to=DEAD serves={} reason={}",
                    own.id(),
                    before,
                    spec.label(),
                    reason.message());
        }
        channel.abandon();
        if (exits.isEmpty()) {
            process.killGroup();
        } else {
            process.killButWorkers(self);
        }
        exits.orphaned();
        socket.delete(own.removals());
        own.delete();
    }
}
