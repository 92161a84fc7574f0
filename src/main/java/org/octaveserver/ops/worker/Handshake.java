package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.StartRequest;

/** Makes workers of processes that run already: reads what they send and print, and waits until they are loaded. */
final class Handshake {
    private static final Logger LOG = LogManager.getLogger(Handshake.class);

    private final LauncherParts parts;
    private final ThreadFactory threads = new NamedThreads("output");
    private final ThreadFactory channels = new NamedThreads("channel");

    Handshake(LauncherParts parts) {
        this.parts = parts;
    }

    /** The streams of a process, what it prints being read from now on. */
    WorkerProcess.Opened open(WorkerSpec spec, WorkerProcess process) {
        KeptOutput kept = new KeptOutput(parts.settings().maxOutput().intBytes(), spec.lastOutput());
        try {
            return process.open(kept, this::drained);
        } catch (IOException e) {
            process.killGroup();
            throw new OpsException(ErrorCode.WORKER_START_FAILED, "no worker could be started: " + e.getMessage(), e);
        }
    }

    private WorkerOutput drained(InputStream printed, KeptOutput kept) {
        OutputDrain drain = new OutputDrain(printed, kept, parts.random());
        threads.newThread(drain).start();
        return drain;
    }

    /** Has what a process sends read. */
    void read(WorkerChannel channel) {
        channels.newThread(channel::readAll).start();
    }

    /**
     * Waits until a process is ready.
     *
     * @param folders what it is to load
     */
    Worker ready(WorkerSpec spec, ScratchDirectories.Scratch own, WorkerProcess process, List<Path> folders) {
        long begin = System.nanoTime();
        WorkerProcess.Opened streams = open(spec, process);
        WorkerOutput output = streams.output();
        StartRequest request = new StartRequest(Protocol.VERSION, output.begin(), own.work(), folders);
        WorkerChannel channel = new WorkerChannel(streams.fromWorker(), streams.toWorker(), largestAnswer(spec));
        Oversight oversight = new Oversight(parts.watchdog(), parts.limitWatch(), spec.limits());
        Worker worker = new Worker(
                own.id(),
                process,
                new Worker.Parts(channel, output, oversight, new CancelMark(own.home())),
                own::delete);
        spec.limits()
                .of(WorkerLimit.OUTPUT)
                .ifPresent(most -> output.refuseAbove(
                        most.amount(),
                        printed -> LimitReasons.above(spec.limits(), WorkerLimit.OUTPUT, printed)
                                .ifPresent(worker::kill)));
        read(channel);
        process.onExit(worker::processEnded);
        // A copy of a process that has done it need not do it again.
        Optional<WarmupCall> warmup = folders.isEmpty() ? Optional.empty() : spec.warmup();
        worker.start(request, warmup, parts.settings().startTimeout());
        refuseAnother(spec, worker);
        LOG.info(
                "worker={} from=STARTING to=READY serves={} pid={} octave={} implementation={} after={}ms",
                worker.id(),
                spec.label(),
                worker.pid(),
                worker.hello().octaveVersion(),
                worker.hello().implementation(),
                (System.nanoTime() - begin) / 1_000_000);
        return worker;
    }

    private int largestAnswer(WorkerSpec spec) {
        int most = parts.settings().maxMessageSize().intBytes();
        return (int) Math.min(
                most,
                spec.limits()
                        .of(WorkerLimit.RESULT)
                        .map(WorkerLimits.Allowance::amount)
                        .orElse((long) most));
    }

    private void refuseAnother(WorkerSpec spec, Worker worker) {
        String found = worker.hello().octaveVersion();
        if (isAnother(spec, found)) {
            worker.shutdown(parts.settings().stopTimeout());
            throw another(spec, found);
        }
    }

    /** What was compiled for one Octave must not be loaded by another: it may load, and answer nonsense. */
    static boolean isAnother(WorkerSpec spec, String found) {
        String wanted = spec.runtime().version();
        return !wanted.isEmpty() && !wanted.equals(found);
    }

    static OpsException another(WorkerSpec spec, String found) {
        return new OpsException(
                ErrorCode.RUNTIME_CHANGED,
                "the runtime " + spec.runtime().described() + " has become Octave " + found
                        + "; it is looked at anew now");
    }
}
