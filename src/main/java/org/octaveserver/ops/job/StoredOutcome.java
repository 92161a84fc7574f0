package org.octaveserver.ops.job;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.wire.StoredValues;

/**
 * Outcomes as they are kept: a version, then either the figures and the outputs, in the binary form of workers, or the
 * error that was thrown. What was printed is kept apart.
 */
final class StoredOutcome {
    private static final int VERSION = 1;
    private static final int RETURNED = 0;
    private static final int THREW = 1;
    private static final int NO_FIGURES = -1;

    private StoredOutcome() {}

    /** Writes one; leaves the stream open. */
    static void write(CallOutcome outcome, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeByte(VERSION);
        if (outcome instanceof CallOutcome.Returned returned) {
            data.writeByte(RETURNED);
            writeFigures(returned.figures(), data);
            data.flush();
            StoredValues.write(returned.outputs(), out);
        } else if (outcome instanceof CallOutcome.Threw threw) {
            data.writeByte(THREW);
            writeError(threw, data);
        }
        data.flush();
    }

    private static void writeFigures(Optional<List<Figure>> figures, DataOutputStream data) throws IOException {
        data.writeInt(figures.map(List::size).orElse(NO_FIGURES));
        for (Figure figure : figures.orElse(List.of())) {
            data.writeInt(figure.number());
            text(figure.name(), data);
            text(figure.format().text(), data);
            bytes(figure.picture(), data);
            text(figure.problem(), data);
        }
    }

    private static void writeError(CallOutcome.Threw threw, DataOutputStream data) throws IOException {
        text(threw.identifier(), data);
        text(threw.message(), data);
        data.writeInt(threw.stack().size());
        for (CallOutcome.Frame frame : threw.stack()) {
            text(frame.file(), data);
            text(frame.name(), data);
            data.writeInt(frame.line());
        }
    }

    /**
     * Reads one.
     *
     * @param printed what was kept apart
     * @throws OpsException JOB_DAMAGED when it is none
     */
    static CallOutcome read(byte[] bytes, String printed) {
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = data.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("it is of version " + version + ", this server reads " + VERSION);
            }
            return data.readUnsignedByte() == RETURNED ? returned(data, printed) : threw(data, printed);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.JOB_DAMAGED, "the result that was kept cannot be read: " + e.getMessage(), e);
        }
    }

    private static CallOutcome returned(DataInputStream data, String printed) throws IOException {
        int count = data.readInt();
        Optional<List<Figure>> figures = Optional.empty();
        if (count != NO_FIGURES) {
            List<Figure> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(figure(data));
            }
            figures = Optional.of(all);
        }
        return new CallOutcome.Returned(StoredValues.read(data.readAllBytes()), printed, figures);
    }

    private static Figure figure(DataInputStream data) throws IOException {
        int number = data.readInt();
        String name = text(data);
        FigureFormat format = FigureFormat.of(text(data)).orElse(FigureFormat.NONE);
        byte[] picture = bytes(data);
        return new Figure(number, name, format, picture, text(data));
    }

    private static CallOutcome threw(DataInputStream data, String printed) throws IOException {
        String identifier = text(data);
        String message = text(data);
        int frames = data.readInt();
        List<CallOutcome.Frame> stack = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            String file = text(data);
            stack.add(new CallOutcome.Frame(file, text(data), data.readInt()));
        }
        return new CallOutcome.Threw(identifier, message, stack, printed);
    }

    private static void text(String text, DataOutputStream data) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8), data);
    }

    private static String text(DataInputStream data) throws IOException {
        return new String(bytes(data), StandardCharsets.UTF_8);
    }

    private static void bytes(byte[] bytes, DataOutputStream data) throws IOException {
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static byte[] bytes(DataInputStream data) throws IOException {
        int length = data.readInt();
        byte[] bytes = length < 0 ? new byte[0] : data.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("it ends too early");
        }
        return bytes;
    }
}
