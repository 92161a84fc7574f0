package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;

/** Reads the member {@code subscriber} of a request (OGC API - Processes - Part 1, 7.11.2.4 and schema subscriber.yaml). */
final class SubscriberParser {
    private static final int LONGEST = 2000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

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
                callbacks.add(new Callback(event.get(), uri("subscriber." + name, event.get())));
            }
        }
        return callbacks;
    }

    private static Optional<Callback.Event> event(String name) {
        return switch (name) {
            case "successUri" -> Optional.of(Callback.Event.SUCCESS);
            case "failedUri" -> Optional.of(Callback.Event.FAILURE);
            case "inProgressUri" -> Optional.of(Callback.Event.PROGRESS);
            default -> Optional.empty();
        };
    }

    private URI uri(String member, Callback.Event event) throws IOException {
        if (!seen.add(event)) {
            throw invalid(member, "the member stands twice");
        }
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        if (text.length() > LONGEST) {
            throw invalid(member, "the address has " + text.length() + " characters; at most " + LONGEST);
        }
        URI uri = parsed(text);
        if (uri == null || uri.getHost() == null || !SCHEMES.contains(scheme(uri))) {
            throw invalid(member, "expected an absolute http or https address");
        }
        if (uri.getRawUserInfo() != null) {
            throw invalid(member, "the address must have no user and no password in it");
        }
        return uri;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String scheme(URI uri) {
        return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }

    private static OpsException invalid(String member, String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, member + ": " + why);
    }
}
