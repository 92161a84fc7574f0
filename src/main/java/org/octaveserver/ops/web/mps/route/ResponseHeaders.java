package org.octaveserver.ops.web.mps.route;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.octaveserver.ops.value.CellArray;

/**
 * The headers that a handler answered: rows of name and value. None can break out of its line, and those that are about
 * the connection, or that the server counts itself, do not go out.
 *
 * @param rows in the handler's order
 */
record ResponseHeaders(List<Header> rows) {
    /** One header. */
    record Header(String name, String value) {}

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Set<String> SERVERS_OWN = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Of names, values and what is written between them. Tomcat sends 8 KiB at most, with the status and the server's own. */
    private static final int MOST_BYTES = 6 * 1024;

    private static final int BYTES_BETWEEN = 4;

    static final ResponseHeaders NONE = new ResponseHeaders(List.of());

    ResponseHeaders {
        rows = List.copyOf(rows);
    }

    static ResponseHeaders of(ResponseField field) {
        if (field.isEmpty()) {
            return NONE;
        }
        if (!(field.value() instanceof CellArray cell)
                || cell.dimensions().rank() != 2
                || cell.dimensions().columns() != 2) {
            throw field.wrong("must be a cell array with two columns, names and values");
        }
        int count = Math.toIntExact(cell.dimensions().rows());
        List<Header> rows = new ArrayList<>();
        boolean typed = false;
        for (int i = 0; i < count; i++) {
            ResponseField name = new ResponseField(
                    field.name() + "{" + (i + 1) + ",1}", cell.cells().get(i));
            ResponseField value = new ResponseField(
                    field.name() + "{" + (i + 1) + ",2}", cell.cells().get(count + i));
            Header header = new Header(name(name), value(value));
            boolean isType = header.name().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE);
            if (isType && typed) {
                throw name.wrong("is Content-Type for the second time");
            }
            typed |= isType;
            // MathWorks' own handlers answer an empty Content-Type where they mean none.
            boolean isEmptyType = isType && header.value().isEmpty();
            if (isType && !isEmptyType) {
                checkType(header.value(), value);
            }
            if (!isEmptyType && !isServers(header.name())) {
                rows.add(header);
            }
        }
        checkSize(rows, field);
        return new ResponseHeaders(rows);
    }

    private static void checkSize(List<Header> rows, ResponseField field) {
        long bytes = 0;
        for (Header row : rows) {
            bytes += row.name().length() + row.value().length() + BYTES_BETWEEN;
        }
        if (bytes > MOST_BYTES) {
            throw field.wrong("must have at most " + MOST_BYTES + " bytes in all, counting " + BYTES_BETWEEN
                    + " beside each name and value, not " + bytes);
        }
    }

    boolean has(String name) {
        return rows.stream().anyMatch(row -> row.name().equalsIgnoreCase(name));
    }

    private static boolean isServers(String name) {
        return SERVERS_OWN.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String name(ResponseField field) {
        String name = field.text();
        if (!TOKEN.matcher(name).matches()) {
            throw field.wrong("must be the name of a header: letters, digits and \"-\"");
        }
        return name;
    }

    private static String value(ResponseField field) {
        String value = field.textOrNumber();
        if (!TEXT.matcher(value).matches()) {
            throw field.wrong("must have no line break and no other control character");
        }
        return value.strip();
    }

    private static void checkType(String text, ResponseField field) {
        Optional<MediaType> type = type(text);
        if (type.isEmpty()) {
            throw field.wrong("must be a media type, such as text/plain");
        }
        // The container would drop the charset, and log that it did.
        String charset = type.get().getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        if (!isKnown(charset)) {
            throw field.wrong("must name a charset that the server knows, such as utf-8, or none");
        }
    }

    private static Optional<MediaType> type(String text) {
        try {
            MediaType type = MediaType.valueOf(text);
            return type.isWildcardType() || type.isWildcardSubtype() ? Optional.empty() : Optional.of(type);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
