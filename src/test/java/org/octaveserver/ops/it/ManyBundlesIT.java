package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More bundles than are called, and more that are called than there are workers. */
class ManyBundlesIT {
    private static final int DEPLOYED = Integer.getInteger("ops.test.bundles", 15);
    private static final int CALLED = 5;
    private static final int AT_ONCE = 30;
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s*(\\d+) kB$");

    @TempDir
    Path folder;

    /** What is deployed and not called costs no process: a template and a worker each are the five's. */
    @Test
    void whatIsDeployedAndNotCalledCostsNothing() throws IOException {
        try (TestServer server = TestServer.start(folder.resolve("home"), Map.of("ops.pool.max-workers", "20"))) {
            deploy(server);
            assertThat(processes(server)).isEmpty();

            call(server, 0);
            long one = pss(processes(server));
            for (int i = 1; i < CALLED; i++) {
                call(server, i);
            }

            List<ProcessHandle> all = processes(server);
            assertThat(all).hasSize(2 * CALLED);
            assertThat(pss(all)).isLessThan((CALLED + 1) * one);
        }
    }

    private static void deploy(TestServer server) {
        for (int i = 0; i < DEPLOYED; i += AT_ONCE) {
            deploy(server, i, Math.min(DEPLOYED, i + AT_ONCE));
        }
    }

    private static void deploy(TestServer server, int from, int to) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            files.put("b" + i + ".zip", told(i).zip());
        }
        String changes = files.keySet().stream()
                .map(file -> "{\"deploy\":\"" + file + "\"}")
                .collect(Collectors.joining(",", "{\"changes\":[", "]}"));
        new Releasing(server).make(files, changes);
    }

    private static TestBundle told(int i) {
        return TestBundle.named("b" + i).function("r = tell ()", "r = [" + i + ", getpid()];");
    }

    private static List<Integer> call(TestServer server, int bundle) {
        var answer = server.call("/b" + bundle + "/tell", 1, "[]").path(0);
        List<Integer> numbers = new ArrayList<>();
        answer.forEach(number -> number.forEach(one -> numbers.add(one.asInt())));
        if (numbers.isEmpty()) {
            answer.forEach(number -> numbers.add(number.asInt()));
        }
        assertThat(numbers.get(0)).isEqualTo(bundle);
        return numbers;
    }

    /** Of this server: their HOME is in its home. */
    private static List<ProcessHandle> processes(TestServer server) {
        String home = "HOME=" + server.home();
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process.pid()).contains(home))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static long pss(List<ProcessHandle> processes) {
        return processes.stream().mapToLong(process -> pss(process.pid())).sum();
    }

    private static long pss(long pid) {
        try {
            Matcher line = PSS.matcher(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Workers are not taken from each other at every call: each bundle has its time. */
    @Test
    void moreBundlesThanWorkersTakeTurns() throws Exception {
        int bundles = 6;
        Map<Integer, Boolean> pids = new ConcurrentHashMap<>();
        AtomicInteger calls = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(bundles);
        try (TestServer server = TestServer.start(folder.resolve("home"), Map.of("ops.pool.max-workers", "2"))) {
            for (int i = 0; i < bundles; i++) {
                server.deploy(told(i));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < bundles; i++) {
                int bundle = i;
                done.add(callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        pids.put(call(server, bundle).get(1), true);
                        calls.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
            assertThat(pids.size()).isGreaterThan(bundles);
            assertThat(calls.get()).isGreaterThan(5 * pids.size());
        } finally {
            callers.shutdownNow();
        }
    }
}
