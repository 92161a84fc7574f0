package org.octaveserver.ops.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/** The worker's half of the protocol, for workers that tests play: frames to send, and requests as they were meant. */
public final class WorkerFrames {
    private WorkerFrames() {}

    public static byte[] hello(int version, String implementation, String octaveVersion, long pid) {
        PayloadWriter payload = new PayloadWriter();
        payload.number32(version);
        payload.text(implementation);
        payload.text(octaveVersion);
        payload.number64(pid);
        return frame(FrameKind.HELLO, 0, bytes(payload));
    }

    public static byte[] bare(FrameKind kind, long number) {
        return frame(kind, number, new byte[0]);
    }

    public static byte[] result(long number, List<OctaveValue> outputs) {
        PayloadWriter count = new PayloadWriter();
        count.number32(outputs.size());
        return frame(FrameKind.RESULT, number, concat(bytes(count), values(outputs)));
    }

    public static byte[] failure(long number, OctaveFailure failure) {
        PayloadWriter payload = new PayloadWriter();
        payload.number32(
                switch (failure.reason()) {
                    case THROWN -> 0;
                    case REFUSED -> 1;
                    case NO_ENCODING -> 2;
                });
        payload.text(failure.identifier());
        payload.text(failure.message());
        payload.number32(failure.stack().size());
        for (OctaveFailure.StackFrame frame : failure.stack()) {
            payload.text(frame.file());
            payload.text(frame.name());
            payload.number32(frame.line());
            payload.number32(frame.column());
        }
        return frame(FrameKind.FAILURE, number, bytes(payload));
    }

    public static byte[] metrics(long number, List<MetricUpdate> updates) {
        PayloadWriter payload = new PayloadWriter();
        payload.number32(updates.size());
        for (MetricUpdate update : updates) {
            payload.number32(update.kind() == MetricUpdate.Kind.GAUGE ? 0 : 1);
            payload.text(update.name());
            payload.number64(Double.doubleToRawLongBits(update.value()));
        }
        return frame(FrameKind.METRICS, number, bytes(payload));
    }

    public static byte[] progress(long number, double fraction, String message) {
        PayloadWriter payload = new PayloadWriter();
        payload.number64(Double.doubleToRawLongBits(fraction));
        payload.text(message);
        return frame(FrameKind.PROGRESS, number, bytes(payload));
    }

    public static byte[] frame(FrameKind kind, long number, byte[] payload) {
        return concat(header(kind.number(), number, payload.length), payload);
    }

    /** A header that may say anything. */
    public static byte[] header(int kind, long number, long length) {
        PayloadWriter header = new PayloadWriter();
        header.number32(Protocol.MAGIC);
        header.number16(kind);
        header.number16(0);
        header.number64(number);
        header.number64(length);
        return bytes(header);
    }

    public static byte[] values(List<OctaveValue> values) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ValueEncoder encoder = new ValueEncoder(out);
            for (OctaveValue value : values) {
                encoder.write(value);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a CALL asks for. */
    public static CallRequest call(Frame frame) throws WireException {
        PayloadReader payload = new PayloadReader(frame.payload());
        String mark = payload.text();
        String function = payload.text();
        int outputs = payload.number32();
        int figures = payload.number32();
        int count = payload.number32();
        List<OctaveValue> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(ValueDecoder.read(payload));
        }
        payload.end();
        return new CallRequest(mark, function, outputs, arguments, format(figures));
    }

    private static FigureFormat format(int code) {
        return Arrays.stream(FigureFormat.values())
                .filter(format -> format.code() == code)
                .findFirst()
                .orElseThrow();
    }

    /** What a START asks for. */
    public static StartRequest start(Frame frame) throws WireException {
        PayloadReader payload = new PayloadReader(frame.payload());
        int version = payload.number32();
        String mark = payload.text();
        Path scratch = Path.of(payload.text());
        int count = payload.number32();
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            folders.add(Path.of(payload.text()));
        }
        payload.end();
        return new StartRequest(version, mark, scratch, folders);
    }

    static FrameReader reader(byte[]... parts) {
        return new FrameReader(new ByteArrayInputStream(concat(parts)), 1 << 20);
    }

    static byte[] bytes(PayloadWriter payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            payload.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        PayloadWriter payload = new PayloadWriter();
        payload.text(text);
        return bytes(payload);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
