package org.octaveserver.ops.worker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.FrameWriter;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WireException;

/**
 * A native worker whose frames are neither made nor understood: the same bytes are written to its socket again and again,
 * and what comes is read until its READY. For one thread.
 */
final class RawWorker {
    /** What it prints is on a socket, and needs none. */
    private static final String NO_MARK = "";

    private static final int HEADER_BYTES = 24;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] call;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteBuffer frames = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Takes a process that has just been forked through its handshake.
     *
     * @param work the directory that it works in
     * @param function what it is to call, with one output
     */
    RawWorker(WorkerProcess process, Path work, String function, OctaveValue argument) throws IOException {
        WorkerProcess.Opened streams = process.open(new KeptOutput(0, 0), (printed, kept) -> {
            throw new IllegalStateException("a forked worker prints to a socket");
        });
        this.in = streams.fromWorker();
        this.out = streams.toWorker();
        FrameReader reader = new FrameReader(in, buffer.length);
        Hello hello = Hello.of(reader.read());
        new FrameWriter(out).start(1, new StartRequest(hello.protocolVersion(), NO_MARK, work, List.of()));
        if (reader.read().kind() != FrameKind.READY) {
            throw new WireException("the worker did not start");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameWriter(bytes).call(2, new CallRequest(NO_MARK, function, 1, List.of(argument)));
        this.call = bytes.toByteArray();
    }

    /** One call, from its first byte to the last one of READY. */
    void exchange() throws IOException {
        out.write(call);
        int have = 0;
        int frame = 0;
        while (true) {
            while (isWhole(frame, have)) {
                int kind = frames.getShort(frame + 4);
                if (kind == FrameKind.READY.number()) {
                    return;
                }
                if (kind != FrameKind.RESULT.number()) {
                    throw new WireException("a frame of kind " + kind + " came where a result was due");
                }
                frame = end(frame);
            }
            int count = in.read(buffer, have, buffer.length - have);
            if (count < 0) {
                throw new EOFException("the worker has ended");
            }
            have += count;
        }
    }

    private boolean isWhole(int frame, int have) {
        return have - frame >= HEADER_BYTES && end(frame) <= have;
    }

    private int end(int frame) {
        return frame + HEADER_BYTES + Math.toIntExact(frames.getLong(frame + 16));
    }
}
