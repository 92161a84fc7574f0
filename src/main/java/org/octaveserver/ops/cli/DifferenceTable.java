package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How bundles differ between two releases, as the server tells it, for people. */
final class DifferenceTable {
    private static final String NONE = "-";

    private DifferenceTable() {}

    static TextTable of(JsonNode bundles) {
        TextTable table = new TextTable("NAME", "ADDED", "REMOVED", "CHANGED", "RUNTIME", "PINS", "DEFAULT");
        for (JsonNode bundle : bundles) {
            table.add(
                    bundle.path("name").asText(),
                    listed(bundle.path("added"), JsonNode::asText),
                    listed(bundle.path("removed"), JsonNode::asText),
                    listed(bundle.path("changed"), JsonNode::asText),
                    listed(
                            bundle.path("runtimes"),
                            move -> version(move) + between(move, "before", "after", "unnamed")),
                    listed(
                            bundle.path("pins"),
                            pin -> version(pin) + pin.path("bundle").asText() + " "
                                    + between(pin, "before", "after", "none")),
                    between(bundle, "defaultBefore", "defaultAfter", "none"));
        }
        return table;
    }

    private static String version(JsonNode of) {
        return of.path("version").asText() + ": ";
    }

    private static String between(JsonNode node, String before, String after, String otherwise) {
        String old = node.path(before).asText(otherwise);
        String now = node.path(after).asText(otherwise);
        return old.equals(now) ? now : old + " -> " + now;
    }

    private static String listed(JsonNode nodes, Function<JsonNode, String> text) {
        return nodes.isEmpty()
                ? NONE
                : StreamSupport.stream(nodes.spliterator(), false).map(text).collect(Collectors.joining(", "));
    }
}
