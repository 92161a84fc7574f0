package org.octaveserver.ops.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects the small fields of a payload. Not thread-safe. */
final class PayloadWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    void number16(int value) {
        bytes(value, Short.SIZE);
    }

    void number32(int value) {
        bytes(value, Integer.SIZE);
    }

    void number64(long value) {
        bytes(value, Long.SIZE);
    }

    private void bytes(long value, int bits) {
        for (int shift = 0; shift < bits; shift += Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number32(encoded.length);
        bytes.writeBytes(encoded);
    }

    int size() {
        return bytes.size();
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }
}
