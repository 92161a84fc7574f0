package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;

/** A worker's process that a template has forked: a stranger to Java, which knows only its own children. */
final class ForkedProcess implements WorkerProcess {
    private static final Logger LOG = LogManager.getLogger(ForkedProcess.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    /** How long its template may take to reap one that was killed, unless it hangs itself. */
    private static final Duration REAP_LIMIT = Duration.ofMillis(500);
    /** What it printed is read until then, if another program holds the socket. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private final long pid;
    private final SocketStreams streams;
    private final Parent parent;
    private final CompletableFuture<OptionalInt> exit;
    private final Escapees escapees;
    private final Watchdog watchdog;

    /**
     * Its connections.
     *
     * @param channel frames, in both directions
     * @param printed what it prints
     */
    record Sockets(SocketChannel channel, SocketChannel printed) {
        void close() {
            for (SocketChannel one : new SocketChannel[] {channel, printed}) {
                try {
                    one.close();
                } catch (IOException e) {
                    LOG.debug("a worker's socket could not be closed", e);
                }
            }
        }
    }

    /**
     * The template that has forked it, and reaps it.
     *
     * @param exit completes when it has told that the worker has ended
     * @param isGone whether it is dead, so that nobody reaps
     * @param untold to be called when the worker was killed and the template does not tell that it has ended
     */
    record Parent(CompletableFuture<OptionalInt> exit, BooleanSupplier isGone, Runnable untold) {}

    /**
     * A process that runs.
     *
     * @param escapees what has left its group
     */
    ForkedProcess(long pid, Sockets sockets, Parent parent, Escapees escapees, Watchdog watchdog) {
        this.pid = pid;
        this.streams = new SocketStreams(sockets.channel(), sockets.printed());
        this.parent = parent;
        this.exit = parent.exit();
        this.escapees = escapees;
        this.watchdog = watchdog;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public Optional<ProcessUsage> usage() {
        return isAlive() ? ProcessHandle.of(pid).flatMap(ProcessUsage::of) : Optional.empty();
    }

    @Override
    public Opened open(KeptOutput kept, BiFunction<InputStream, KeptOutput, WorkerOutput> drained) throws IOException {
        SocketOutput output = streams.output(kept);
        return new Opened(streams.in(output), streams.out(), output);
    }

    @Override
    public OptionalInt awaitExit(Duration limit) {
        try {
            return exit.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exit never fails", e);
        }
    }

    @Override
    public void onExit(Runnable action) {
        CompletableFuture<?> unused = exit.thenRun(action);
    }

    @Override
    public void interrupt() {
        if (isAlive()) {
            Interrupts.send(pid);
        }
    }

    /**
     * The template kills the group of one that ends, before its number can be used again. Where there is none any more, or
     * it does not tell, a shell does.
     */
    @Override
    public void killGroup() {
        if (isAlive()) {
            killThroughTemplate();
        }
        escapees.kill(pid);
        if (awaitExit(KILL_LIMIT).isEmpty() && isAlive()) {
            LOG.warn("pid={} was killed, and is not told to have ended after {} s", pid, KILL_LIMIT.toSeconds());
            parent.untold().run();
        }
        Watchdog.Watch unused = watchdog.watch(Deadline.after(READ_LIMIT), streams::close);
    }

    private void killThroughTemplate() {
        if (!parent.isGone().getAsBoolean()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            if (awaitExit(REAP_LIMIT).isPresent()) {
                return;
            }
        }
        ProcessGroups.kill(pid);
    }
}
