package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.JsonValueWriter;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.wire.Figure;

/**
 * Writes the bodies that answer a call, byte for byte as MPS does: compact, members in its order. Leaves streams open
 * and unflushed. Any number of threads may use one writer.
 */
public final class CallResponseWriter {
    // A body that breaks off must not look whole: no brackets are closed after a failure.
    private final JsonFactory factory = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            // Characters beyond the BMP as UTF-8 like all others, not as two escapes.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /**
     * Writes the outputs of a function that returned.
     *
     * @throws OpsException {@code UNSUPPORTED_OUTPUT} when one of them has no JSON form; nothing is written then
     */
    public void writeResult(List<OctaveValue> lhs, OutputFormat format, OutputStream out) throws IOException {
        writeResult(lhs, Optional.empty(), format, out);
    }

    /**
     * The same with figures, which MPS does not have.
     *
     * @param figures absent when they were not asked for
     */
    public void writeResult(
            List<OctaveValue> lhs, Optional<List<Figure>> figures, OutputFormat format, OutputStream out)
            throws IOException {
        JsonValueWriter values = new JsonValueWriter(format);
        values.check(lhs, "lhs");
        try (JsonGenerator generator = factory.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("lhs");
            for (OctaveValue value : lhs) {
                values.write(value, generator);
            }
            generator.writeEndArray();
            if (figures.isPresent()) {
                generator.writeArrayFieldStart("figures");
                for (Figure figure : figures.get()) {
                    write(figure, generator);
                }
                generator.writeEndArray();
            }
            generator.writeEndObject();
        }
    }

    private static void write(Figure figure, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeNumberField("number", figure.number());
        generator.writeStringField("name", figure.name());
        generator.writeStringField("format", figure.format().text());
        if (figure.problem().isEmpty()) {
            generator.writeBinaryField("data", figure.picture());
        } else {
            generator.writeStringField("problem", figure.problem());
        }
        generator.writeEndObject();
    }

    /** Writes the error that a function raised. */
    public void writeMatlabError(MatlabError error, OutputStream out) throws IOException {
        try (JsonGenerator generator = startError(out, "matlaberror")) {
            generator.writeStringField("id", error.id());
            generator.writeStringField("message", error.message());
            generator.writeArrayFieldStart("stack");
            for (MatlabError.Frame frame : error.stack()) {
                generator.writeStartObject();
                generator.writeStringField("file", frame.file());
                generator.writeStringField("name", frame.name());
                generator.writeNumberField("line", frame.line());
                generator.writeEndObject();
            }
            generator.writeEndArray();
            endError(generator);
        }
    }

    /** Writes why no function ran, with the status that the response has too. */
    public void writeHttpError(int status, String messageId, String message, OutputStream out) throws IOException {
        try (JsonGenerator generator = startError(out, "httperror")) {
            generator.writeNumberField("code", status);
            generator.writeStringField("messageId", messageId);
            generator.writeStringField("message", message);
            endError(generator);
        }
    }

    private JsonGenerator startError(OutputStream out, String type) throws IOException {
        JsonGenerator generator = factory.createGenerator(out);
        generator.writeStartObject();
        generator.writeObjectFieldStart("error");
        generator.writeStringField("type", type);
        return generator;
    }

    private static void endError(JsonGenerator generator) throws IOException {
        generator.writeEndObject();
        generator.writeEndObject();
    }
}
