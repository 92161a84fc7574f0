package org.octaveserver.ops.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.octaveserver.ops.value.OctaveValue;

/**
 * Writes the server's frames. Arrays go from their own buffers to the stream, without a copy in between. Not
 * thread-safe: one writer per stream, used by whoever holds the worker.
 */
public final class FrameWriter {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER);
    }

    /** Sends START. */
    public void start(long number, StartRequest request) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        payload.number32(request.protocolVersion());
        payload.text(request.outputMark());
        payload.text(request.scratch().toString());
        payload.number32(request.loadPath().size());
        request.loadPath().forEach(folder -> payload.text(folder.toString()));
        send(FrameKind.START, number, payload, List.of());
    }

    /** Sends CALL. */
    public void call(long number, CallRequest request) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        payload.text(request.outputMark());
        payload.text(request.function());
        payload.number32(request.outputs());
        payload.number32(request.figures().code());
        payload.number32(request.arguments().size());
        send(FrameKind.CALL, number, payload, request.arguments());
    }

    /**
     * Sends LISTEN.
     *
     * @param socket where to listen
     * @param server the process that may connect there
     */
    public void listen(long number, Path socket, long server) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        payload.text(socket.toString());
        payload.number64(server);
        send(FrameKind.LISTEN, number, payload, List.of());
    }

    /** Sends FORK, with variables of the new worker's environment and without limits. */
    public void fork(long number, Map<String, String> environment, Map<Integer, Long> limits) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        payload.number32(environment.size());
        environment.forEach((name, value) -> {
            payload.text(name);
            payload.text(value);
        });
        payload.number32(limits.size());
        limits.forEach((limit, amount) -> {
            payload.number32(limit);
            payload.number64(amount);
        });
        send(FrameKind.FORK, number, payload, List.of());
    }

    /**
     * Sends PING.
     *
     * @param mark what is to be printed before it is answered
     */
    public void ping(long number, String mark) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        payload.text(mark);
        send(FrameKind.PING, number, payload, List.of());
    }

    /** Sends SHUTDOWN, or PING that has nothing printed. */
    public void bare(FrameKind kind, long number) throws IOException {
        send(kind, number, new PayloadWriter(), List.of());
    }

    private void send(FrameKind kind, long number, PayloadWriter payload, List<OctaveValue> values) throws IOException {
        long length = payload.size();
        for (OctaveValue value : values) {
            length += ValueSize.of(value);
        }
        PayloadWriter header = new PayloadWriter();
        header.number32(Protocol.MAGIC);
        header.number16(kind.number());
        header.number16(0);
        header.number64(number);
        header.number64(length);
        header.writeTo(out);
        payload.writeTo(out);
        ValueEncoder encoder = new ValueEncoder(out);
        for (OctaveValue value : values) {
            encoder.write(value);
        }
        out.flush();
    }
}
