package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;

/** Reads the member {@code subscriber} of a request (OGC API - Processes - Part 1, 7.11.2.4 and schema subscriber.yaml). */
final class SubscriberParser {
    private static final Map<Callback.Event, String> MEMBERS = Map.of(
            Callback.Event.SUCCESS, "successUri",
            Callback.Event.FAILURE, "failedUri",
            Callback.Event.PROGRESS, "inProgressUri");

    private final JsonParser parser;
    private final Set<Callback.Event> seen = EnumSet.noneOf(Callback.Event.class);

    /** @param parser at the value of the member */
    SubscriberParser(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws OpsException INVALID_INPUT naming the member, and what it may be */
    List<Callback> parse() throws IOException {
        List<Callback> callbacks = new ArrayList<>();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return callbacks;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("subscriber", "expected an object with successUri, failedUri or inProgressUri");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Optional<Callback.Event> event = event(name);
            if (event.isEmpty()) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                callbacks.add(new Callback(event.get(), uri(event.get())));
            }
        }
        return callbacks;
    }

    /** Where the address for an event stands. */
    static String member(Callback.Event event) {
        return "subscriber." + MEMBERS.get(event);
    }

    private static Optional<Callback.Event> event(String name) {
        return MEMBERS.entrySet().stream()
                .filter(one -> one.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Where it may lead is looked at later: there are settings for that. */
    private URI uri(Callback.Event event) throws IOException {
        if (!seen.add(event)) {
            throw invalid(member(event), "the member stands twice");
        }
        try {
            return new URI(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : " ");
        } catch (URISyntaxException e) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, member(event) + ": expected an absolute http or https URI", e);
        }
    }

    private static OpsException invalid(String member, String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, member + ": " + why);
    }
}
