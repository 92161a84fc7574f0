package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.Launching;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * What a small call costs at the worker, without HTTP, and what workers cost in memory: portable and native, warm and fresh,
 * beside the start of Octave itself. Medians of measurements that take turns.
 */
public final class WorkerReport {
    private static final int CALLS = 2000;
    private static final int STARTS = 30;
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
        double[] small = medians(CALLS, () -> call(portable), () -> call(warm));
        double[] starts = medians(STARTS, () -> fresh(launcher, spec), WorkerReport::startOctave);
        portable.shutdown(STOP);
        row("small call, portable worker", small[0]);
        row("small call, native worker", small[1]);
        row("fork, start, small call, end", starts[0]);
        row("start of octave-cli", starts[1]);
        ratio("portable / native call", small[0] / small[1]);
        row("fresh - warm", starts[0] - small[1]);
        ratio("octave-cli / fresh", starts[1] / starts[0]);
        memory(launcher, spec, warm);
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
        System.out.printf(Locale.ROOT, "%-34s %10.1f MB%n", "1 worker and its template", one);
        System.out.printf(Locale.ROOT, "%-34s %10.1f MB%n", MANY + " workers and their template", many);
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

    /** Milliseconds that each takes. */
    private static double[] medians(int times, Action... actions) throws IOException, InterruptedException {
        double[][] taken = new double[actions.length][times];
        for (int i = -times / 10; i < times; i++) {
            for (int k = 0; k < actions.length; k++) {
                long begin = System.nanoTime();
                actions[k].run();
                if (i >= 0) {
                    taken[k][i] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        return Arrays.stream(taken).mapToDouble(WorkerReport::median).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void call(Worker worker) {
        worker.call(SMALL, Deadline.after(Duration.ofSeconds(20)));
    }

    private static void fresh(WorkerLauncher launcher, WorkerSpec spec) {
        Worker worker = launcher.launch(spec);
        call(worker);
        worker.shutdown(STOP);
    }

    private static void startOctave() throws IOException, InterruptedException {
        Process octave = new ProcessBuilder("octave-cli", "--norc", "--no-history", "--eval", "1;").start();
        octave.getOutputStream().close();
        if (octave.waitFor() != 0) {
            throw new IOException("octave-cli failed");
        }
    }

    private static void row(String what, double milliseconds) {
        System.out.printf(Locale.ROOT, "%-34s %10.3f ms%n", what, milliseconds);
    }

    private static void ratio(String what, double ratio) {
        System.out.printf(Locale.ROOT, "%-34s %10.2f%n", what, ratio);
    }
}
