package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.JsonValueReader;
import org.octaveserver.ops.value.json.OutputFormat;

/** Reads one call from one parser. */
final class CallRequestParser {
    private static final String NARGOUT = "nargout";
    private static final String RHS = "rhs";
    private static final String OUTPUT_FORMAT = "outputFormat";
    private static final String SUBSCRIBER = "subscriber";
    private static final int MOST_OUTPUTS = 1000;

    private final JsonParser parser;
    private final JsonValueReader values = new JsonValueReader();
    private final Set<String> seen = new HashSet<>();
    private final List<OctaveValue> rhs = new ArrayList<>();
    private List<Callback> callbacks = List.of();
    private int nargout;
    private OutputFormat.Mode mode = OutputFormat.DEFAULT.mode();
    private OutputFormat.NanInf nanInf = OutputFormat.DEFAULT.nanInf();

    CallRequestParser(JsonParser parser) {
        this.parser = parser;
    }

    CallRequest parse() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new OpsException(ErrorCode.INVALID_JSON, "line 1, column 1: the body is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            throw invalid("the body: expected an object with nargout and rhs");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            readMember(parser.currentName());
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one JSON value");
        }
        if (!seen.contains(NARGOUT)) {
            throw new OpsException(ErrorCode.MISSING_NARGOUT, "nargout missing");
        }
        if (!seen.contains(RHS)) {
            throw new OpsException(ErrorCode.MISSING_RHS, "rhs missing");
        }
        return new CallRequest(nargout, rhs, new OutputFormat(mode, nanInf), callbacks);
    }

    private void readMember(String name) throws IOException {
        parser.nextToken();
        switch (name) {
            case NARGOUT -> {
                checkFirst(NARGOUT);
                readNargout();
            }
            case RHS -> {
                checkFirst(RHS);
                readRhs();
            }
            case OUTPUT_FORMAT -> {
                checkFirst(OUTPUT_FORMAT);
                readOutputFormat();
            }
            case SUBSCRIBER -> {
                checkFirst(SUBSCRIBER);
                callbacks = new SubscriberParser(parser).parse();
            }
            default -> parser.skipChildren();
        }
    }

    private void checkFirst(String member) {
        if (!seen.add(member)) {
            throw invalid(member + ": the member stands twice");
        }
    }

    private void readNargout() throws IOException {
        // Some clients write every number with a fraction: 1.0 is 1.
        double value = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (!(value >= 0 && value <= MOST_OUTPUTS && value == Math.rint(value))) {
            throw invalid("nargout: expected an integer from 0 to " + MOST_OUTPUTS);
        }
        nargout = (int) value;
    }

    private void readRhs() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("rhs: expected an array of the inputs, [] for none");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            rhs.add(values.read(parser, RHS + "[" + rhs.size() + "]"));
        }
    }

    private void readOutputFormat() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("outputFormat: expected an object with mode and nanInfFormat");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "mode" -> {
                    checkFirst("outputFormat.mode");
                    mode = isFirst(name, "small", "large") ? OutputFormat.Mode.SMALL : OutputFormat.Mode.LARGE;
                }
                // nanType is what MathWorks' own mps.json.encoderequest writes.
                case "nanInfFormat", "nanType" -> {
                    checkFirst("outputFormat.nanInfFormat");
                    nanInf =
                            isFirst(name, "string", "object") ? OutputFormat.NanInf.STRING : OutputFormat.NanInf.OBJECT;
                }
                default -> parser.skipChildren();
            }
        }
    }

    /** Whether a member is the first of the two texts that it may be. */
    private boolean isFirst(String name, String first, String second) throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        if (text.equals(first) || text.equals(second)) {
            return text.equals(first);
        }
        throw invalid("outputFormat." + name + ": expected \"" + first + "\" or \"" + second + "\"");
    }

    private static OpsException invalid(String message) {
        return new OpsException(ErrorCode.INVALID_INPUT, message);
    }
}
