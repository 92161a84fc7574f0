package org.octaveserver.ops.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/**
 * Values in the form in which they travel to workers, for keeping: a count and the values, as in CALL ({@code
 * docs/worker-protocol.md}, section 7). No bit of them changes on the way.
 */
public final class StoredValues {
    private StoredValues() {}

    /** Writes values; leaves the stream open. */
    public static void write(List<OctaveValue> values, OutputStream out) throws IOException {
        PayloadWriter count = new PayloadWriter();
        count.number32(values.size());
        count.writeTo(out);
        ValueEncoder encoder = new ValueEncoder(out);
        for (OctaveValue value : values) {
            encoder.write(value);
        }
    }

    /** How many bytes {@link #write} writes. */
    public static long size(List<OctaveValue> values) {
        return Integer.BYTES + values.stream().mapToLong(ValueSize::of).sum();
    }

    /**
     * Reads what {@link #write} has written. The values are views of the bytes.
     *
     * @throws IOException when it is anything else
     */
    public static List<OctaveValue> read(byte[] bytes) throws IOException {
        PayloadReader payload = new PayloadReader(bytes);
        int count = payload.count(ValueDecoder.SMALLEST);
        List<OctaveValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(ValueDecoder.read(payload));
        }
        payload.end();
        return values;
    }
}
