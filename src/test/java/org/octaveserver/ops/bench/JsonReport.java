package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link JsonBenchmark} and prints what OPS costs beside Jackson alone and beside the text. */
public final class JsonReport {
    private JsonReport() {}

    public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(JsonBenchmark.class.getName())
                        .build())
                .run();
        System.out.printf(
                "%n%-10s %10s %12s %14s %14s%n", "elements", "ops ms", "jackson ms", "ops / jackson", "heap / text");
        for (String elements : new String[] {"random", "integers", "digits"}) {
            double ops = score(results, "ops", elements);
            double jackson = score(results, "jackson", elements);
            byte[] body = JsonBenchmark.body(elements);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %10.1f %12.1f %14.2f %14.2f%n",
                    elements,
                    ops,
                    jackson,
                    ops / jackson,
                    HeapProbe.bytesNeeded(body) / body.length);
        }
    }

    private static double score(Collection<RunResult> results, String benchmark, String elements) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .filter(result -> result.getParams().getParam("elements").equals(elements))
                .findFirst()
                .orElseThrow()
                .getPrimaryResult()
                .getScore();
    }
}
