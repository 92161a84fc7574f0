package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/** Values to and from JSON text, as tests want them. */
final class Json {
    static final OutputFormat LARGE = OutputFormat.DEFAULT;
    static final OutputFormat SMALL = new OutputFormat(OutputFormat.Mode.SMALL, OutputFormat.NanInf.STRING);
    static final OutputFormat LARGE_OBJECT = new OutputFormat(OutputFormat.Mode.LARGE, OutputFormat.NanInf.OBJECT);
    static final OutputFormat SMALL_OBJECT = new OutputFormat(OutputFormat.Mode.SMALL, OutputFormat.NanInf.OBJECT);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** The value of the text, which messages call {@code rhs[0]}. */
    static OctaveValue read(String json) {
        return read(json, "rhs[0]");
    }

    static OctaveValue read(String json, String path) {
        try (JsonParser parser = FACTORY.createParser(new StringReader(json))) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "no JSON value");
            }
            OctaveValue value = new JsonValueReader().read(parser, path);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the text is one JSON value, whatever notation that is in. */
    static boolean isJson(String json) {
        try (JsonParser parser = FACTORY.createParser(new StringReader(json))) {
            JsonToken token = parser.nextToken();
            while (token != null && !parser.getParsingContext().inRoot()) {
                token = parser.nextToken();
            }
            return token != null && parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The UTF-8 text of the value. */
    static String write(OctaveValue value, OutputFormat format) {
        JsonValueWriter writer = new JsonValueWriter(format);
        writer.check(List.of(value), "lhs");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            writer.write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
