package org.octaveserver.ops.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads frames from a worker's stream. A header that claims a large payload costs nothing before its
 * first megabyte has arrived. Not thread-safe: one reader per stream, used by whoever holds the worker.
 */
public final class FrameReader {
    private static final int CHUNK = 1 << 20;
    /** What a Java array can hold for certain. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final InputStream in;
    private final int maxPayload;

    /**
     * Reads from one stream.
     *
     * @param maxPayload the largest payload to accept, in bytes
     */
    public FrameReader(InputStream in, int maxPayload) {
        this.in = in;
        this.maxPayload = Math.min(maxPayload, MOST);
    }

    /**
     * Waits for the next frame.
     *
     * @throws EOFException when the stream ends before a whole frame
     * @throws WireException when what arrives is no frame
     * @throws FrameTooLargeException when it is larger than accepted
     */
    public Frame read() throws IOException {
        byte[] header = in.readNBytes(Protocol.HEADER_BYTES);
        if (header.length < Protocol.HEADER_BYTES) {
            throw new EOFException("the stream ended after " + header.length + " bytes of a frame's header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int magic = fields.getInt();
        FrameKind kind = FrameKind.numbered(Short.toUnsignedInt(fields.getShort()))
                .filter(k -> magic == Protocol.MAGIC)
                .orElseThrow(
                        () -> new WireException("not a frame: " + HexFormat.of().formatHex(header)));
        fields.getShort();
        long number = fields.getLong();
        long length = fields.getLong();
        if (length < 0 || length > maxPayload) {
            throw new FrameTooLargeException(length, maxPayload);
        }
        return new Frame(kind, number, payload((int) length));
    }

    private byte[] payload(int length) throws IOException {
        byte[] payload = in.readNBytes(Math.min(length, CHUNK));
        int got = payload.length;
        if (got == CHUNK && length > CHUNK) {
            payload = Arrays.copyOf(payload, length);
            got += in.readNBytes(payload, got, length - got);
        }
        if (got < length) {
            throw new EOFException("a frame ended after " + got + " of " + length + " bytes");
        }
        return payload;
    }
}
