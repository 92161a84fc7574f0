package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.StartRequest;

/** Starts portable workers: {@code octave-cli} running {@code ops_worker_main.m}. Thread-safe. */
public final class PortableLauncher implements WorkerLauncher {
    private static final Logger LOG = LogManager.getLogger(PortableLauncher.class);

    private final WorkerSettings settings;
    private final Path octaveCode;
    private final ScratchDirectories scratch;
    private final Map<String, String> serverEnvironment;
    private final Watchdog watchdog;
    private final RandomGenerator random;
    private final ThreadFactory threads = new NamedThreads("output");
    private final ThreadFactory channels = new NamedThreads("channel");

    /**
     * Starts workers that run the code in {@code octaveCode}.
     *
     * @param octaveCode the directory of {@code worker/ops_worker_main.m} and of {@code package}, the functions that
     *     every bundle may use
     * @param serverEnvironment the server's own environment, of which workers see next to nothing
     * @param random unpredictable, because user code must not guess output marks
     */
    public PortableLauncher(
            WorkerSettings settings,
            Path octaveCode,
            ScratchDirectories scratch,
            Map<String, String> serverEnvironment,
            Watchdog watchdog,
            RandomGenerator random) {
        this.settings = settings;
        this.octaveCode = octaveCode;
        this.scratch = scratch;
        this.serverEnvironment = Map.copyOf(serverEnvironment);
        this.watchdog = watchdog;
        this.random = random;
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        long begin = System.nanoTime();
        ScratchDirectories.Scratch own = scratch.create();
        WorkerProcess process = spawn(spec, own);
        own.recordProcess(process.pid());
        OutputDrain output =
                new OutputDrain(process.printed(), settings.maxOutput().intBytes(), spec.lastOutput(), random);
        StartRequest request = new StartRequest(Protocol.VERSION, output.begin(), own.work(), spec.loadPath());
        threads.newThread(output).start();
        WorkerChannel channel = new WorkerChannel(
                process.fromWorker(),
                process.toWorker(),
                settings.maxMessageSize().intBytes());
        Worker worker = new Worker(own.id(), process, channel, output, watchdog, own::delete);
        channels.newThread(channel::readAll).start();
        process.onExit(worker::processEnded);
        worker.start(request, settings.startTimeout());
        refuseAnother(spec, worker);
        LOG.info(
                "worker={} from=STARTING to=READY serves={} pid={} octave={} after={}ms",
                worker.id(),
                spec.label(),
                worker.pid(),
                worker.hello().octaveVersion(),
                (System.nanoTime() - begin) / 1_000_000);
        return worker;
    }

    /** What was compiled for one Octave must not be loaded by another: it may load, and answer nonsense. */
    private void refuseAnother(WorkerSpec spec, Worker worker) {
        String wanted = spec.runtime().version();
        String found = worker.hello().octaveVersion();
        if (!wanted.isEmpty() && !wanted.equals(found)) {
            worker.shutdown(settings.stopTimeout());
            throw new OpsException(
                    ErrorCode.RUNTIME_CHANGED,
                    "the runtime " + spec.runtime().described() + " has become Octave " + found
                            + "; it is looked at anew now");
        }
    }

    private WorkerProcess spawn(WorkerSpec spec, ScratchDirectories.Scratch own) {
        try {
            return SessionProcess.start(command(spec), own.work(), environment(own));
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

    private List<String> command(WorkerSpec spec) {
        List<String> command = new ArrayList<>(spec.runtime().command());
        command.addAll(List.of("--norc", "--no-history", "--quiet", "--no-gui", "--no-line-editing"));
        for (String folder : List.of("worker", "package/inst")) {
            command.addAll(List.of("--path", octaveCode.resolve(folder).toString()));
        }
        command.addAll(List.of("--eval", "ops_worker_main"));
        return command;
    }

    /** A worker sees no secret of the server's environment, and writes nothing into the service account's home. */
    private Map<String, String> environment(ScratchDirectories.Scratch own) {
        Map<String, String> environment = new HashMap<>();
        List<String> passed = new ArrayList<>(List.of("PATH", "TZ"));
        passed.addAll(settings.environment().orElse(List.of()));
        for (String name : passed) {
            String value = serverEnvironment.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("HOME", own.home().toString());
        environment.put("TMPDIR", own.temporary().toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("OMP_NUM_THREADS", Integer.toString(settings.threads()));
        environment.put("OPENBLAS_NUM_THREADS", Integer.toString(settings.threads()));
        return environment;
    }
}
