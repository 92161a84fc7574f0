package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.StartRequest;

/** Starts real {@link Worker}s over processes that are fakes. Thread-safe. */
public final class FakeWorkers implements WorkerLauncher, AutoCloseable {
    private final Watchdog watchdog = new Watchdog();
    private final Oversight oversight = new Oversight(watchdog, new LimitWatch(), WorkerLimits.NONE);
    private final NamedThreads threads = new NamedThreads("fake-output");
    private final AtomicLong count = new AtomicLong();
    private final Map<String, FakeWorkerProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, Thread> readers = new ConcurrentHashMap<>();
    private final AtomicInteger cleanUps = new AtomicInteger();
    private final Queue<WorkerSpec> launched = new ConcurrentLinkedQueue<>();
    private final Set<String> launchThreads = ConcurrentHashMap.newKeySet();
    private volatile Function<Long, FakeWorkerProcess> maker = FakeWorkerProcess::obedient;
    private volatile Gate gate = spec -> {};

    /** What stands before every launch: may wait, may throw. */
    public interface Gate {
        void pass(WorkerSpec spec) throws InterruptedException;
    }

    /** Workers of a bundle of that name. */
    public static WorkerSpec spec(String label) {
        return new WorkerSpec(
                label, new OctaveRuntime("default", List.of("octave-cli"), "7.3.0", List.of()), List.of());
    }

    /** What processes are from now on, by their pid. */
    public FakeWorkers making(Function<Long, FakeWorkerProcess> made) {
        maker = made;
        return this;
    }

    public FakeWorkers behind(Gate next) {
        gate = next;
        return this;
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        launched.add(spec);
        launchThreads.add(Thread.currentThread().getName());
        try {
            gate.pass(spec);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return start(maker.apply(count.incrementAndGet()), Duration.ofSeconds(10));
    }

    /** Starts a worker over one process. */
    Worker start(FakeWorkerProcess process, Duration limit) {
        Unstarted unstarted = unstarted(process);
        unstarted.start(limit);
        return unstarted.worker();
    }

    /** A worker over one process, before its handshake. */
    Unstarted unstarted(FakeWorkerProcess process) {
        String id = "fake-" + process.pid();
        OutputDrain output = new OutputDrain(process.printed(), new KeptOutput(1000, 0), new Random(process.pid()));
        WorkerChannel channel = new WorkerChannel(process.fromWorker(), process.toWorker(), 1 << 20);
        StartRequest request = new StartRequest(Protocol.VERSION, output.begin(), Path.of("/nowhere"), List.of());
        processes.put(id, process);
        threads.newThread(output).start();
        Thread reader = threads.newThread(channel::readAll);
        readers.put(id, reader);
        reader.start();
        Worker worker = new Worker(
                id, process, new Worker.Parts(channel, output, oversight, CancelMark.NONE), cleanUps::incrementAndGet);
        process.onExit(worker::processEnded);
        return new Unstarted(worker, request);
    }

    /** A worker whose handshake is still to come. */
    record Unstarted(Worker worker, StartRequest request) {
        void start(Duration limit) {
            worker.start(request, Optional.empty(), limit);
        }
    }

    /** How often a worker cleaned up behind itself. */
    int cleanUps() {
        return cleanUps.get();
    }

    /** Waits until all that a worker's process has sent was read, to the end. */
    void awaitRead(Worker worker) {
        try {
            Objects.requireNonNull(readers.get(worker.id())).join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public FakeWorkerProcess processOf(Worker worker) {
        return Objects.requireNonNull(processes.get(worker.id()));
    }

    /** How many processes have not ended. */
    public long alive() {
        return processes.values().stream().filter(FakeWorkerProcess::isAlive).count();
    }

    /** What was launched, failed launches included, in order. */
    public List<WorkerSpec> launched() {
        return List.copyOf(launched);
    }

    /** The names of the threads that launched. */
    public Set<String> launchThreads() {
        return Set.copyOf(launchThreads);
    }

    @Override
    public void close() {
        processes.values().forEach(process -> process.exit(0));
        watchdog.stop();
    }
}
