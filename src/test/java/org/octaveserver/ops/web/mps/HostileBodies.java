package org.octaveserver.ops.web.mps;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Bodies of calls that are wrong, or nearly so: valid ones mutated, tokens thrown together, noise. The seed decides. */
public final class HostileBodies {
    private static final List<byte[]> VALID = bytes(
            "{\"nargout\":1,\"rhs\":[4]}",
            "{\"rhs\":[[[1,2,3,4]]],\"nargout\":1,\"outputFormat\":{\"mode\":\"small\",\"nanType\":\"string\"}}",
            "{\"nargout\":2,\"rhs\":[\"text\",true],\"outputFormat\":{\"mode\":\"large\",\"nanInfFormat\":\"object\"}}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":[1,4,2,5,3,6],\"mwsize\":[2,3],\"mwtype\":\"double\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":[\"NaN\",{\"mwdata\":\"-Inf\"}],\"mwsize\":[1,2],\"mwtype\":\"single\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwcomplex\":true,\"mwdata\":[3,4,5,-1],\"mwsize\":[1,2],\"mwtype\":\"double\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":[9007199254740993],\"mwsize\":[1,1],\"mwtype\":\"int64\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":[\"acbd\"],\"mwsize\":[2,2],\"mwtype\":\"char\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":[{\"mwdata\":[true],\"mwsize\":[1,1],\"mwtype\":\"logical\"},\"s\\u00fc\","
                    + "[1,2]],\"mwsize\":[3,1],\"mwtype\":\"cell\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"mwdata\":{\"a\":[1,\"x\"],\"b\":[[],{}]},\"mwsize\":[1,2],\"mwtype\":\"struct\"}]}",
            "{\"nargout\":1,\"rhs\":[{\"name\":\"Ed\",\"deep\":{\"er\":[[[1,2],[3,4]],[[5,6],[7,8]]]}}]}",
            "{\"nargout\":0,\"rhs\":[]}");

    private static final List<byte[]> TOKENS = bytes(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-",
            "1e999",
            "-1e-999",
            "-0",
            "-0.0",
            "0x1",
            "NaN",
            "1.",
            "01",
            "9".repeat(400),
            "0." + "1".repeat(400),
            "18446744073709551616",
            "-9223372036854775809",
            "1e19",
            "\"\\ud800\"",
            "\"\\udc80\"",
            "\"\\u0000\"",
            "\"\\x\"",
            "\uFEFF",
            "\"mwdata\":",
            "\"mwsize\":",
            "\"mwtype\":",
            "\"mwcomplex\":true,",
            "\"mwdata\":[],",
            "\"mwsize\":[1,1000000000],",
            "\"mwsize\":[0,9007199254740993],",
            "\"mwsize\":[-1,2],",
            "\"mwsize\":[4294967296,4294967296],",
            "\"mwsize\":[1],",
            "\"mwsize\":[" + "1,".repeat(200) + "1],",
            "\"mwtype\":\"datetime\",",
            "\"mwtype\":\"string\",",
            "\"mwtype\":\"sparse\",",
            "\"mwtype\":\"struct\",",
            "\"mwtype\":\"cell\",",
            "\"mwtype\":\"int8\",",
            "\"nargout\":",
            "\"nargout\":1000,",
            "\"rhs\":",
            "\"rhs\":[",
            "[[],[]]",
            "[".repeat(200),
            "{\"a\":".repeat(200),
            "{\"mwdata\":{},\"mwsize\":[100000,10000],\"mwtype\":\"struct\"}",
            "{\"mwdata\":[\"\"],\"mwsize\":[2000000000,1],\"mwtype\":\"char\"}",
            " \t\r\n");

    private final RandomGenerator random;

    public HostileBodies(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public byte[] next() {
        return switch (random.nextInt(10)) {
            case 0 -> noise();
            case 1, 2 -> tokens();
            default -> mutated();
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    /** Where the reader is when they come differs: half of them stand where an input does. */
    private byte[] tokens() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = random.nextBoolean();
        body.writeBytes(whole ? "{\"nargout\":1,\"rhs\":[".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
        for (int i = random.nextInt(12); i >= 0; i--) {
            body.writeBytes(oneOf(TOKENS));
        }
        body.writeBytes(whole ? "]}".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
        return body.toByteArray();
    }

    private byte[] mutated() {
        byte[] body = oneOf(VALID);
        for (int i = random.nextInt(3); i >= 0; i--) {
            body = random.nextBoolean() ? withOtherDigits(body) : mutated(body);
        }
        return body;
    }

    /** What is mostly still JSON, and often still means something. */
    private byte[] withOtherDigits(byte[] body) {
        byte[] changed = body.clone();
        for (int i = 0; i < body.length; i++) {
            if (Character.isDigit(body[i]) && random.nextInt(4) == 0) {
                changed[i] = (byte) ('0' + random.nextInt(10));
            }
        }
        return changed;
    }

    private byte[] mutated(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> with(body, from, Math.min(body.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            case 1 -> with(body, from, to, new byte[0]);
            case 2 -> with(body, to, to, Arrays.copyOfRange(body, from, to));
            case 3 -> with(body, from, from, oneOf(TOKENS));
            case 4 -> with(body, from, to, oneOf(TOKENS));
            case 5 -> spliced(body, from);
            default -> Arrays.copyOf(body, from);
        };
    }

    private byte[] spliced(byte[] body, int from) {
        byte[] other = oneOf(VALID);
        int at = random.nextInt(other.length);
        return with(body, from, body.length, Arrays.copyOfRange(other, at, other.length));
    }

    private static byte[] with(byte[] body, int from, int to, byte[] instead) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(body, 0, from);
        changed.writeBytes(instead);
        changed.write(body, to, body.length - to);
        return changed.toByteArray();
    }

    private byte[] oneOf(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
