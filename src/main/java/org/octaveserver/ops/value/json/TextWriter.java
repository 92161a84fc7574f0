package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/** Writes the text of char arrays. */
final class TextWriter {
    private TextWriter() {}

    /** Writes a text with the escapes of bytes as {@code \udc80}: raw, a surrogate alone would break the UTF-8. */
    static void write(String text, JsonGenerator generator) throws IOException {
        if (!ByteText.hasEscapes(text)) {
            generator.writeString(text);
            return;
        }
        StringBuilder json = new StringBuilder("\"");
        int plain = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (ByteText.isEscape(text.codePointAt(i))) {
                JsonStringEncoder.getInstance().quoteAsString(text.subSequence(plain, i), json);
                json.append("\\u").append(Integer.toHexString(text.charAt(i)));
                plain = i + 1;
            }
        }
        JsonStringEncoder.getInstance().quoteAsString(text.subSequence(plain, text.length()), json);
        generator.writeRawValue(json.append('"').toString());
    }
}
