package org.octaveserver.ops.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** The examples in {@code docs/worker-protocol.md}: blocks of lines with bytes in hex, a bar and what they mean. */
public final class ProtocolPage {
    private static final Path PAGE = Path.of(System.getProperty("ops.test.basedir", "."), "docs", "worker-protocol.md");

    private ProtocolPage() {}

    /** The bytes of the block that begins with {@code ```text NAME}. */
    public static byte[] example(String name) {
        List<String> lines = lines();
        int begin = lines.indexOf("```text " + name);
        if (begin < 0) {
            throw new IllegalArgumentException(PAGE + " has no block " + name);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = begin + 1; !lines.get(i).equals("```"); i++) {
            String hex = lines.get(i).substring(0, lines.get(i).indexOf('|'));
            bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        }
        return bytes.toByteArray();
    }

    static String text() {
        return String.join("\n", lines());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
