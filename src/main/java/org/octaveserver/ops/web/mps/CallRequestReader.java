package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Reads the body of a call in one pass, inputs straight into values: one JSON object in UTF-8, its members in any
 * order (MPS: RESTful API for MATLAB function execution). Any number of threads may use one reader.
 */
public final class CallRequestReader {
    /** The most characters of one number. No number that a double or int64 can tell apart needs more than 770. */
    private static final int LONGEST_NUMBER = 1000;
    /** The most characters of one member's name. */
    private static final int LONGEST_NAME = 50_000;
    /** The deepest JSON, members that are ignored included; values have a lower limit, with a better message. */
    private static final int DEEPEST = 1000;

    private final JsonFactory factory;

    /**
     * A reader of bodies.
     *
     * @param bodyLimit the most bytes of a body that come this far; no string in it can be longer
     */
    public CallRequestReader(long bodyLimit) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .maxNameLength(LONGEST_NAME)
                .maxStringLength((int) Math.min(bodyLimit, Integer.MAX_VALUE))
                .build();
        // Names come from anywhere: interning them would fill a table that lives as long as the process.
        factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * Reads a body to its end. The stream stays open.
     *
     * @throws OpsException {@code INVALID_JSON}, {@code INVALID_INPUT}, {@code MISSING_NARGOUT}, {@code MISSING_RHS}
     *     or {@code INVALID_ARGUMENT}, with what is wrong where; {@code VALUE_TOO_LARGE} for an array over 2 GB
     * @throws IOException when the stream cannot be read
     */
    public CallRequest read(InputStream body) throws IOException {
        // Jackson would guess UTF-16 too, and lets encoded surrogates and overlong forms pass.
        Reader text = new InputStreamReader(
                body,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = factory.createParser(text)) {
            return read(parser);
        }
    }

    /**
     * Reads a body that is in memory.
     *
     * @throws OpsException as for a stream
     */
    public CallRequest read(byte[] body) {
        try {
            if (!isAscii(body)) {
                return read(new ByteArrayInputStream(body));
            }
            // Each byte is a character: nothing has to be decoded first.
            try (JsonParser parser = factory.createParser(body)) {
                return read(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory can be read", e);
        }
    }

    /** Without NUL, too, for which Jackson would guess UTF-16. */
    private static boolean isAscii(byte[] body) {
        for (byte one : body) {
            if (one <= 0) {
                return false;
            }
        }
        return true;
    }

    private static CallRequest read(JsonParser parser) throws IOException {
        try {
            return new CallRequestParser(parser).parse();
        } catch (JacksonException e) {
            JsonLocation known = e.getLocation();
            throw invalidJson(known == null ? parser.currentLocation() : known, problem(e), e);
        } catch (CharacterCodingException e) {
            throw invalidJson(parser.currentTokenLocation(), "the text after this is not UTF-8", e);
        }
    }

    /** Jackson's own messages quote the text, which may be secret. */
    private static String problem(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "too long or too deep: a number may have " + LONGEST_NUMBER + " characters, a name " + LONGEST_NAME
                    + ", and there may be " + DEEPEST + " levels";
        }
        return e instanceof JsonEOFException ? "the text ends before the JSON does" : "this is not JSON";
    }

    private static OpsException invalidJson(JsonLocation location, String problem, Exception cause) {
        return new OpsException(
                ErrorCode.INVALID_JSON,
                "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + problem,
                cause);
    }
}
