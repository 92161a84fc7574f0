package org.octaveserver.ops.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.NumericArray;

/**
 * A floor of the benchmark: bare loops over the sockets of native workers, each with a thread of its own. It is told
 * {@code LOOPS MILLISECONDS} in lines, and answers each with {@code = CALLS NANOSECONDS MEDIAN}, the median in nanoseconds.
 */
public final class SocketLoops {
    private static final DataSize ROOM = new DataSize(64 << 20);

    private SocketLoops() {}

    /** Runs until its standard input ends; the arguments are a directory of its own and how many workers there are. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Launching launching = new Launching(folder, Launching.Kind.FORKED)) {
            List<RawWorker> workers = new ArrayList<>();
            WorkerSpec spec = launching.spec("octave-cli");
            launching.with("inc", "function y = inc (x)\n  y = x + 1;\nendfunction\n");
            LauncherParts parts =
                    launching.parts(new Launching.TestSettings(Duration.ofSeconds(30), ROOM, new DataSize(1 << 20)));
            Templates templates = new Templates(parts, new OctaveProcesses(parts), new Handshake(parts));
            List<ForkedProcess> processes = new ArrayList<>();
            try {
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    ScratchDirectories.Scratch own = templates.scratch(spec);
                    ForkedProcess process =
                            templates.fork(spec, TestModules.folder(), own).orElseThrow();
                    processes.add(process);
                    workers.add(new RawWorker(process, own.work(), "inc", NumericArray.scalar(4)));
                }
                obey(workers);
            } finally {
                processes.forEach(ForkedProcess::killGroup);
                templates.stop();
            }
        }
    }

    private static void obey(List<RawWorker> workers) throws IOException {
        System.out.println("= ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            System.out.println("= "
                    + measured(workers.subList(0, Integer.parseInt(words[0])), Long.parseLong(words[1]) * 1_000_000));
        }
    }

    private static String measured(List<RawWorker> workers, long nanos) {
        long begin = System.nanoTime();
        List<CompletableFuture<long[]>> loops = workers.stream()
                .map(worker -> CompletableFuture.supplyAsync(
                        () -> loop(worker, begin + nanos), task -> new Thread(task, "loop").start()))
                .toList();
        long[] taken = loops.stream()
                .flatMapToLong(loop -> LongStream.of(loop.join()))
                .sorted()
                .toArray();
        return taken.length + " " + (System.nanoTime() - begin) + " " + taken[taken.length / 2];
    }

    /** Nanoseconds of each call. */
    private static long[] loop(RawWorker worker, long end) {
        long[] taken = new long[1 << 16];
        int count = 0;
        try {
            for (long now = System.nanoTime(); now < end; ) {
                worker.exchange();
                long after = System.nanoTime();
                if (count == taken.length) {
                    taken = Arrays.copyOf(taken, 2 * count);
                }
                taken[count] = after - now;
                count++;
                now = after;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(taken, count);
    }
}
