package org.octaveserver.ops.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.json.JsonValueReader;

/** Reads the body that answers a call with status 200. */
final class CallAnswerReader {
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();
    private final JsonValueReader values = new JsonValueReader();

    /**
     * Reads a whole answer.
     *
     * @throws IOException when the body is no JSON, or not that of an answer
     * @throws org.octaveserver.ops.error.OpsException when a value in it breaks the notation
     */
    CallAnswer read(byte[] body) throws IOException {
        Optional<CallAnswer> answer = Optional.empty();
        try (JsonParser parser = json.createParser(body)) {
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                if (member.equals("lhs")) {
                    expect(parser, value, JsonToken.START_ARRAY);
                    answer = Optional.of(new CallAnswer.Returned(outputs(parser)));
                } else if (member.equals("error")) {
                    answer = Optional.of(error(json.readTree(parser)));
                } else {
                    parser.skipChildren();
                }
            }
        }
        return answer.orElseThrow(() -> new IOException("it has neither \"lhs\" nor \"error\""));
    }

    private List<OctaveValue> outputs(JsonParser parser) throws IOException {
        List<OctaveValue> outputs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            outputs.add(values.read(parser, "lhs[" + outputs.size() + "]"));
        }
        return outputs;
    }

    private static CallAnswer error(JsonNode error) {
        List<CallAnswer.Frame> stack = new ArrayList<>();
        for (JsonNode frame : error.path("stack")) {
            stack.add(new CallAnswer.Frame(
                    frame.path("name").asText(), frame.path("line").asInt()));
        }
        return new CallAnswer.Threw(error.path("message").asText(), stack);
    }

    private static void expect(JsonParser parser, JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("expected " + expected.asString() + " at "
                    + parser.currentTokenLocation().offsetDescription());
        }
    }
}
