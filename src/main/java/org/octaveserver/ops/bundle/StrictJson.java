package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * JSON as this package reads and writes it: nothing unknown, missing, repeated, null, coerced or trailing is let
 * through, and numbers keep all their digits.
 */
final class StrictJson {
    private static final JsonMapper MAPPER = mapper(new JsonFactoryBuilder());

    /** For what people write and comment; no honest one nests as deep. */
    private static final JsonMapper COMMENTED = mapper(new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build()));

    private StrictJson() {}

    private static JsonMapper mapper(JsonFactoryBuilder factory) {
        return JsonMapper.builder(factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        @Nullable T value = MAPPER.readValue(Files.readAllBytes(file), type);
        if (value == null) {
            throw new IOException(file + " holds null");
        }
        return value;
    }

    /** What a tree that was read from a file says. */
    static <T> T convert(Path file, JsonNode tree, Class<T> type) throws IOException {
        @Nullable T value = MAPPER.treeToValue(tree, type);
        if (value == null) {
            throw new IOException(file + " holds null");
        }
        return value;
    }

    static void write(Path file, Object value) throws IOException {
        Files.write(file, MAPPER.writeValueAsBytes(value));
    }

    /** The tree of a text from outside. */
    static JsonNode tree(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** The tree of a text from outside that may have comments as in Java. */
    static JsonNode commentedTree(String text) throws JsonProcessingException {
        return COMMENTED.readTree(text);
    }

    /** On one line. */
    static String text(JsonNode node) {
        return node.toString();
    }
}
