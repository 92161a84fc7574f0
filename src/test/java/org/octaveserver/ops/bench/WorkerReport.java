package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.pool.Claims;
import org.octaveserver.ops.pool.Lease;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.Launching;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * What a small call costs at the worker, without HTTP, and what workers cost in memory: portable and native, warm and fresh,
 * beside the start of Octave itself. Measurements of one kind take turns.
 */
public final class WorkerReport {
    private static final int CALLS = 2000;
    private static final int STARTS = 30;
    private static final int FRESH_CALLS = 500;
    private static final int MANY = 50;
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final CallRequest SMALL = new CallRequest("", "identity", 1, List.of(NumericArray.scalar(1)));
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s*(\\d+) kB$");

    private WorkerReport() {}

    /** Something to be measured. */
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ops-bench");
        try (Launching plain = new Launching(folder.resolve("portable"), Launching.Kind.PORTABLE);
                Launching forked = new Launching(folder.resolve("native"), Launching.Kind.FORKED)) {
            calls(plain.launch(), forked);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static void calls(Worker portable, Launching forked) throws IOException, InterruptedException {
        WorkerLauncher launcher = forked.launcher();
        WorkerSpec spec = forked.spec("octave-cli");
        Worker warm = launcher.launch(spec);
        double[][] small = measured(CALLS, () -> call(portable), () -> call(warm));
        WorkerPool pool = new WorkerPool(launcher, new DefaultPool(), STOP);
        pool.keepOnly(Set.of(spec));
        double[][] fresh = measured(FRESH_CALLS, () -> call(pool, spec, Claims.FRESH));
        double[][] starts = measured(STARTS, () -> launched(launcher, spec), WorkerReport::startOctave);
        pool.stop();
        portable.shutdown(STOP);
        row("small call, portable worker", small[0]);
        row("small call, native worker (warm)", small[1]);
        row("small call, fresh, through the pool", fresh[0]);
        row("fork, start, small call", starts[0]);
        row("start of octave-cli", starts[1]);
        ratio("portable / native call", median(small[0]) / median(small[1]));
        System.out.printf(Locale.ROOT, "%-36s %9.3f ms%n", "fresh - warm", median(fresh[0]) - median(small[1]));
        ratio("octave-cli / fresh", median(starts[1]) / median(fresh[0]));
        memory(launcher, spec, warm);
    }

    /** The pool as it is without settings. */
    private record DefaultPool() implements PoolSettings {
        @Override
        public OptionalInt maxWorkers() {
            return OptionalInt.empty();
        }

        @Override
        public int minIdle() {
            return 0;
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofMinutes(10);
        }

        @Override
        public int maxCalls() {
            return 100_000;
        }

        @Override
        public Duration maxAge() {
            return Duration.ofHours(12);
        }

        @Override
        public DataSize maxResident() {
            return DataSize.parse("2GB");
        }

        @Override
        public int maxStarting() {
            return 2;
        }

        @Override
        public Duration giveWayAfter() {
            return Duration.ofMillis(250);
        }

        @Override
        public Duration drainTimeout() {
            return Duration.ofSeconds(10);
        }
    }

    /** Proportional set sizes: what several processes share counts once, in all. */
    private static void memory(WorkerLauncher launcher, WorkerSpec spec, Worker first) throws IOException {
        List<Worker> workers = new ArrayList<>(List.of(first));
        long template = ProcessHandle.of(first.pid())
                .orElseThrow()
                .parent()
                .orElseThrow()
                .pid();
        double one = megabytes(workers, template);
        while (workers.size() < MANY) {
            Worker next = launcher.launch(spec);
            call(next);
            workers.add(next);
        }
        double many = megabytes(workers, template);
        System.out.printf(Locale.ROOT, "%-36s %9.1f MB%n", "1 worker and its template", one);
        System.out.printf(Locale.ROOT, "%-36s %9.1f MB%n", MANY + " workers and their template", many);
        ratio(MANY + " workers / 1 worker", many / one);
        workers.forEach(worker -> worker.shutdown(STOP));
    }

    private static double megabytes(List<Worker> workers, long template) throws IOException {
        double kilobytes = pss(template);
        for (Worker worker : workers) {
            kilobytes += pss(worker.pid());
        }
        return kilobytes / 1024;
    }

    private static long pss(long pid) throws IOException {
        Matcher line = PSS.matcher(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
        if (!line.find()) {
            throw new IOException("the system does not tell the memory of process " + pid);
        }
        return Long.parseLong(line.group(1));
    }

    /** Milliseconds that each takes each time, in order. */
    private static double[][] measured(int times, Action... actions) throws IOException, InterruptedException {
        double[][] taken = new double[actions.length][times];
        for (int i = -times / 3; i < times; i++) {
            for (int k = 0; k < actions.length; k++) {
                long begin = System.nanoTime();
                actions[k].run();
                if (i >= 0) {
                    taken[k][i] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        for (double[] values : taken) {
            Arrays.sort(values);
        }
        return taken;
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static void call(Worker worker) {
        worker.call(SMALL, Deadline.after(Duration.ofSeconds(20)));
    }

    private static void call(WorkerPool pool, WorkerSpec spec, Claim claim) {
        try (Lease lease = pool.ask(spec, claim).join()) {
            call(lease.worker());
        }
    }

    private static void launched(WorkerLauncher launcher, WorkerSpec spec) {
        Worker worker = launcher.launch(spec);
        call(worker);
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> worker.shutdown(STOP));
    }

    private static void startOctave() throws IOException, InterruptedException {
        Process octave = new ProcessBuilder("octave-cli", "--norc", "--no-history", "--eval", "1;").start();
        octave.getOutputStream().close();
        if (octave.waitFor() != 0) {
            throw new IOException("octave-cli failed");
        }
    }

    private static void row(String what, double[] sorted) {
        System.out.printf(
                Locale.ROOT, "%-36s %9.3f ms, p95 %9.3f ms%n", what, median(sorted), sorted[sorted.length * 95 / 100]);
    }

    private static void ratio(String what, double ratio) {
        System.out.printf(Locale.ROOT, "%-36s %9.2f%n", what, ratio);
    }
}
