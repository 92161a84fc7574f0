package org.octaveserver.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.octaveserver.ops.web.mps.CallRequest;
import org.octaveserver.ops.web.mps.CallRequestReader;
import org.octaveserver.ops.web.mps.CallResponseWriter;

/**
 * Reads the body of a call and writes its inputs as outputs, again and again on one thread: what the JSON of a call costs
 * without all else. It is told {@code MILLISECONDS} in lines, and answers each with {@code = MEDIAN}, in microseconds.
 */
final class JsonAlone {
    private JsonAlone() {}

    /** Runs until its standard input ends; the argument is the file with the body. */
    public static void main(String[] arguments) throws IOException {
        byte[] body = Files.readAllBytes(Path.of(arguments[0]));
        CallRequestReader reader = new CallRequestReader(1 << 30);
        CallResponseWriter writer = new CallResponseWriter();
        System.out.println("= ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<Long> taken = new ArrayList<>();
            long end = System.nanoTime() + Long.parseLong(line) * 1_000_000;
            do {
                long begin = System.nanoTime();
                CallRequest request = reader.read(new ByteArrayInputStream(body));
                UnsynchronizedByteArrayOutputStream out =
                        UnsynchronizedByteArrayOutputStream.builder().get();
                writer.writeResult(request.rhs(), request.format(), out);
                taken.add(System.nanoTime() - begin);
            } while (System.nanoTime() < end);
            System.out.println("= " + Rounds.median(taken, nanos -> nanos / 1e3));
        }
    }
}
