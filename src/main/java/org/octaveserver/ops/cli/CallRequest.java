package org.octaveserver.ops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Writes the body of a call.
 *
 * @param nargout how many outputs to ask for
 * @param arguments the arguments as JSON in MPS notation
 */
record CallRequest(int nargout, List<String> arguments) {
    CallRequest {
        arguments = List.copyOf(arguments);
    }

    /**
     * The body, with the arguments copied digit for digit: a 64-bit integer must not pass through a double.
     *
     * @throws CommandFailure when an argument is no JSON; the message shows how to quote it
     */
    byte[] body() throws IOException {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(body)) {
            generator.writeStartObject();
            generator.writeNumberField("nargout", nargout);
            generator.writeArrayFieldStart("rhs");
            for (int i = 0; i < arguments.size(); i++) {
                check(json, i + 1, arguments.get(i));
                generator.writeRawValue(arguments.get(i));
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("outputFormat");
            generator.writeStringField("mode", "large");
            generator.writeStringField("nanInfFormat", "string");
            generator.writeEndObject();
            generator.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void check(JsonMapper json, int position, String argument) throws IOException {
        try (JsonParser parser = json.createParser(argument)) {
            if (parser.nextToken() == null) {
                throw unreadable(json, position, argument);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw unreadable(json, position, argument);
            }
        } catch (JsonProcessingException e) {
            throw unreadable(json, position, argument);
        }
    }

    private static CommandFailure unreadable(JsonMapper json, int position, String argument) throws IOException {
        String start = "argument " + position + " is not JSON: " + argument;
        return switch (argument) {
            case "NaN", "Inf", "-Inf" -> usage(start + "\nWrite it as '{\"mwdata\":\"" + argument + "\"}'.");
            default ->
                looksLikeOption(argument)
                        ? usage("unknown option: " + argument)
                        : usage(start + "\nText is quoted twice, for JSON and for the shell: '"
                                + json.writeValueAsString(argument).replace("'", "'\\''")
                                + "'; a matrix is written as '[[1,2],[3,4]]'.");
        };
    }

    private static boolean looksLikeOption(String argument) {
        return argument.matches("--?[A-Za-z].*");
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitStatus.USAGE, message);
    }
}
