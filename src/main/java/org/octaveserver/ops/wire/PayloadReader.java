package org.octaveserver.ops.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.octaveserver.ops.value.Elements;

/**
 * Reads the fields of a payload, believing nothing: a count or length that the remaining bytes cannot hold is an error
 * before anything is allocated for it. Not thread-safe.
 */
final class PayloadReader {
    private final ByteBuffer payload;

    PayloadReader(byte[] payload) {
        this.payload = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    int number16() throws WireException {
        need(Short.BYTES);
        return Short.toUnsignedInt(payload.getShort());
    }

    int number32() throws WireException {
        need(Integer.BYTES);
        return payload.getInt();
    }

    long number64() throws WireException {
        need(Long.BYTES);
        return payload.getLong();
    }

    /** The number of items that follow, each of at least {@code smallest} bytes. */
    int count(int smallest) throws WireException {
        return checkedCount(Integer.toUnsignedLong(number32()), smallest);
    }

    /** {@code count} when the rest can hold that many items of at least {@code smallest} bytes. */
    int checkedCount(long count, int smallest) throws WireException {
        if (count < 0 || count > payload.remaining() / smallest) {
            throw new WireException(count + " items of at least " + smallest + " bytes do not fit in the remaining "
                    + payload.remaining());
        }
        return (int) count;
    }

    String text() throws WireException {
        int length = count(1);
        String text = new String(payload.array(), payload.position(), length, StandardCharsets.UTF_8);
        payload.position(payload.position() + length);
        return text;
    }

    /** As many bytes as the field says. */
    byte[] bytes() throws WireException {
        byte[] bytes = new byte[count(1)];
        payload.get(bytes);
        return bytes;
    }

    /** {@code count} elements of {@code size} bytes each, as a view of the payload. */
    Elements elements(long count, int size) throws WireException {
        int length = checkedCount(count, size) * size;
        Elements elements = Elements.wrap(payload.array(), payload.position(), length);
        payload.position(payload.position() + length);
        return elements;
    }

    /** Makes sure that nothing is left over. */
    void end() throws WireException {
        if (payload.hasRemaining()) {
            throw new WireException(payload.remaining() + " bytes too many at the end of a payload");
        }
    }

    private void need(int bytes) throws WireException {
        if (payload.remaining() < bytes) {
            throw new WireException("a payload ends in the middle of a field", new BufferUnderflowException());
        }
    }
}
