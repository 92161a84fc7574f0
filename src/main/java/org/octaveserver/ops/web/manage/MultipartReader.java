package org.octaveserver.ops.web.manage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part as it arrives; holds no more than a buffer of it. Not
 * thread-safe.
 */
final class MultipartReader {
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*(name|filename)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]+))");
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int CRLF = 0x0d0a;
    private static final int CRLF_CRLF = 0x0d0a0d0a;

    private final DelimitedStream body;

    /**
     * A reader of one body.
     *
     * @param boundary as the media type of the body names it
     */
    MultipartReader(InputStream body, String boundary) {
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw broken("the boundary in the Content-Type header is none");
        }
        this.body = new DelimitedStream(body, "\r\n--" + boundary);
    }

    /**
     * One part.
     *
     * @param name of the form's field
     * @param fileName as the sender says
     * @param content valid until the next part is asked for
     */
    record Part(String name, Optional<String> fileName, InputStream content) {}

    /** The next part; nothing after the last one. What was not read of the one before is skipped. */
    Optional<Part> next() throws IOException {
        body.skipToDelimiter();
        byte[] after = {(byte) body.readRaw(), (byte) body.readRaw()};
        if (after[0] == '-' && after[1] == '-') {
            return Optional.empty();
        }
        while (!(after[0] == '\r' && after[1] == '\n')) {
            if (after[0] != ' ' && after[0] != '\t') {
                throw broken("a boundary is followed by what is no end of a line");
            }
            after = new byte[] {after[1], (byte) body.readRaw()};
        }
        return Optional.of(part(headers()));
    }

    private String headers() throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        int lastFour = CRLF;
        while (lastFour != CRLF_CRLF) {
            if (headers.size() == MAX_HEADERS) {
                throw broken("a part has more than " + MAX_HEADERS + " bytes of headers");
            }
            int next = body.readRaw();
            headers.write(next);
            lastFour = lastFour << 8 | next;
        }
        body.beginContent();
        return headers.toString(StandardCharsets.UTF_8);
    }

    private Part part(String headers) {
        String disposition = headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .orElseThrow(() -> broken("a part has no Content-Disposition header"));
        Optional<String> name = Optional.empty();
        Optional<String> fileName = Optional.empty();
        Matcher parameter = PARAMETER.matcher(disposition);
        while (parameter.find()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            if (parameter.group(1).equals("name")) {
                name = Optional.of(value);
            } else {
                fileName = Optional.of(value);
            }
        }
        return new Part(
                name.orElseThrow(() -> broken("a part has no name in its Content-Disposition header")), fileName, body);
    }

    static OpsException broken(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, "the body is no multipart/form-data: " + why);
    }
}
