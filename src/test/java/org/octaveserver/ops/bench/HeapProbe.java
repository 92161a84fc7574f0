package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory a matrix needs on its way in and out: the smallest heap in which {@link JsonBenchmark#ops} still
 * runs, less the smallest in which only the text is held.
 */
public final class HeapProbe {
    private static final int STEP = 1 << 20;
    private static final int LARGEST = 1 << 10;
    private static final String HOLD = "hold";
    private static final String RUN = "run";

    private HeapProbe() {}

    /** The run inside one heap: ends with 0 when it was enough. */
    public static void main(String[] args) throws IOException {
        JsonBenchmark benchmark = new JsonBenchmark(Files.readAllBytes(Path.of(args[1])));
        for (int i = 0; i < 3 && args[0].equals(RUN); i++) {
            benchmark.ops();
        }
    }

    /** Bytes of heap beside those of the body, to a megabyte. */
    static double bytesNeeded(byte[] body) throws IOException, InterruptedException {
        // Making the text takes more than reading it, so it is made out here.
        Path file = Files.createTempFile("body", ".json");
        try {
            Files.write(file, body);
            return (double) STEP * (smallest(RUN, file) - smallest(HOLD, file));
        } finally {
            Files.delete(file);
        }
    }

    private static int smallest(String what, Path body) throws IOException, InterruptedException {
        int tooSmall = 1;
        int enough = LARGEST;
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (runs(what, body, middle)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean runs(String what, Path body, int megabytes) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                HeapProbe.class.getName(),
                what,
                body.toString());
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
