package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The header by which a client may submit a job again without a second one (draft-ietf-httpapi-idempotency-key-header-07,
 * 2.1): a string of structured fields (RFC 9651, 3.3.3); many clients send it without its quotes.
 */
final class IdempotencyHeader {
    private static final String NAME = "Idempotency-Key";
    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    /** Without what separates members of lists and parameters. */
    private static final Pattern BARE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]+");

    private IdempotencyHeader() {}

    /**
     * The key of a request; nothing when it has none.
     *
     * @throws OpsException INVALID_INPUT saying what a key may be
     */
    static Optional<String> read(HttpServletRequest request) {
        if (request.getHeader(NAME) == null) {
            return Optional.empty();
        }
        List<String> values = Collections.list(request.getHeaders(NAME));
        Optional<String> key = values.size() == 1 ? parse(values.get(0).strip()) : Optional.empty();
        if (key.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the header " + NAME + " must be there once, with 1 to " + LONGEST
                            + " printable ASCII characters, such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
        }
        return key;
    }

    /** The key of a header's value; nothing when it is none. */
    static Optional<String> parse(String value) {
        // Each character of a key may be escaped; a longer text is not worth a look.
        if (value.length() > 2 * LONGEST + 2) {
            return Optional.empty();
        }
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            return kept(ESCAPE.matcher(quoted.group(1)).replaceAll("$1"));
        }
        return BARE.matcher(value).matches() ? kept(value) : Optional.empty();
    }

    private static Optional<String> kept(String key) {
        return key.isEmpty() || key.length() > LONGEST ? Optional.empty() : Optional.of(key);
    }
}
