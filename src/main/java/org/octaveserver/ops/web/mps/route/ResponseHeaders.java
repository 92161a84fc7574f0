package org.octaveserver.ops.web.mps.route;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        return new ResponseHeaders(rows);
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
        if (!isType(text)) {
            throw field.wrong("must be a media type, such as text/plain");
        }
    }

    private static boolean isType(String text) {
        try {
            MediaType type = MediaType.valueOf(text);
            return !type.isWildcardType() && !type.isWildcardSubtype();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
