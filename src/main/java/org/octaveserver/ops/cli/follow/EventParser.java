package org.octaveserver.ops.cli.follow;

import java.util.Optional;

/** Puts the lines of a stream of server-sent events together (WHATWG HTML, "Server-sent events"). Not thread-safe. */
public final class EventParser {
    private String type = "";
    private String id = "";
    private final StringBuilder data = new StringBuilder();

    /** Takes the next line, without its end, and answers the event that ends with it. Comments end none. */
    public Optional<ServerEvent> line(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        set(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    private void set(String field, String value) {
        switch (field) {
            case "event" -> type = value;
            case "id" -> id = value;
            case "data" -> data.append(value).append('\n');
            default -> {
                // A comment has no name at all; fields that nobody knows are passed over, as the standard says.
            }
        }
    }

    private Optional<ServerEvent> dispatch() {
        Optional<ServerEvent> event = data.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerEvent(type, id, data.substring(0, data.length() - 1)));
        type = "";
        data.setLength(0);
        return event;
    }
}
