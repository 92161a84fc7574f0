package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.regex.Pattern;

/** What is wrong with a text that should be JSON, in words for those who wrote it, who know nothing of the parser. */
public final class JsonFault {
    /** Where the parser begins to speak of itself: its settings, its classes, its source. */
    private static final Pattern ITSELF =
            Pattern.compile("(?s), from `.*|: enable `.*| \\((?:start marker|not recognized|bound as|for ).*|`.*|\n.*");

    private JsonFault() {}

    /** One plain sentence without the place, which {@code getLocation()} has. */
    public static String reason(JsonProcessingException fault) {
        if (fault instanceof JsonEOFException) {
            return "the text ends before the JSON does";
        }
        if (fault instanceof JsonMappingException) {
            return "something follows after the end of the JSON";
        }
        String message = fault.getOriginalMessage();
        if (fault instanceof StreamReadException) {
            return ITSELF.matcher(message).replaceFirst("");
        }
        // Limits: "Document nesting depth (33) exceeds the maximum allowed (32, from `...`)".
        return message.replaceFirst(", from `[^`]*`", "");
    }
}
