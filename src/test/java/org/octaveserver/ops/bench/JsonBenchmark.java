package org.octaveserver.ops.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.octaveserver.ops.web.mps.CallRequest;
import org.octaveserver.ops.web.mps.CallRequestReader;
import org.octaveserver.ops.web.mps.CallResponseWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A matrix of 1000x1000 doubles through JSON, in as a request and out as a response: OPS's codec beside Jackson alone, which
 * reads the same text into a {@code double[]} and prints that. {@link JsonReport} runs it and prints the ratios.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
    private static final int ELEMENTS = 1_000_000;

    /** What the elements are: 17 digits each, up to seven digits each, or one. */
    @Param({"random", "integers", "digits"})
    String elements = "";

    private final CallRequestReader reader = new CallRequestReader(1 << 30);
    private final CallResponseWriter writer = new CallResponseWriter();
    private final JsonFactory jackson = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private byte[] body;

    public JsonBenchmark() {
        this(new byte[0]);
    }

    JsonBenchmark(byte[] body) {
        this.body = body;
    }

    /** The body of a request with the matrix in large notation. */
    static byte[] body(String elements) {
        Random random = new Random(42);
        DoubleStream numbers = switch (elements) {
            case "random" -> random.doubles(ELEMENTS);
            case "integers" -> random.ints(ELEMENTS, 0, 1_000_000).asDoubleStream();
            case "digits" -> random.ints(ELEMENTS, 0, 10).asDoubleStream();
            default -> throw new IllegalArgumentException("no elements are " + elements);
        };
        String data = numbers.mapToObj(x -> x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x))
                .collect(Collectors.joining(","));
        return ("{\"nargout\":1,\"rhs\":[{\"mwdata\":[" + data + "],\"mwsize\":[1000,1000],\"mwtype\":\"double\"}]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Setup
    public void prepare() {
        body = body(elements);
    }

    /** In and out through OPS. */
    @Benchmark
    public int ops() throws IOException {
        CallRequest request = reader.read(new ByteArrayInputStream(body));
        UnsynchronizedByteArrayOutputStream out =
                UnsynchronizedByteArrayOutputStream.builder().get();
        writer.writeResult(request.rhs(), request.format(), out);
        return out.size();
    }

    /** In and out through Jackson. */
    @Benchmark
    public int jackson() throws IOException {
        double[] numbers = new double[ELEMENTS];
        int count = 0;
        try (JsonParser parser = jackson.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric() && count < ELEMENTS) {
                    numbers[count] = parser.getDoubleValue();
                    count++;
                }
            }
        }
        UnsynchronizedByteArrayOutputStream out =
                UnsynchronizedByteArrayOutputStream.builder().get();
        try (JsonGenerator generator = jackson.createGenerator(out)) {
            generator.writeArray(numbers, 0, count);
        }
        return out.size();
    }
}
