package org.octaveserver.ops.bundle.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.value.json.JsonFault;

/**
 * Reads a routes file (MPS: "Handle Custom Routes and Payloads in HTTP Requests"); {@code staticfiles} is OPS's own. A
 * member that OPS does not know is refused, so that a misspelt one is not silently without effect. Reads no disk.
 */
public final class RoutesFile {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String VERSION = "1.0.0";
    private static final int MOST_ROUTES = 500;
    /** Of all expressions together: what one request may cost for each character of its path. */
    private static final int LARGEST_PROGRAM = 10_000;

    private final boolean inBundle;
    private final Path directory;

    private RoutesFile(boolean inBundle, Path directory) {
        this.inBundle = inBundle;
        this.directory = directory;
    }

    /**
     * Reads the routes of a whole server, which name their components.
     *
     * @param directory where the file is; folders are relative to it
     */
    public static RouteTable ofServer(String text, Path directory) throws RoutesFileException {
        return new RoutesFile(false, directory).table(text);
    }

    /**
     * Reads the routes of a bundle, which lead to its own functions and to folders in it.
     *
     * @param directory the bundle's root
     */
    public static RouteTable ofBundle(String text, Path directory) throws RoutesFileException {
        return new RoutesFile(true, directory).table(text);
    }

    private RouteTable table(String text) throws RoutesFileException {
        JsonNode root = object(tree(text), "", List.of("version", "pathmap"));
        if (!root.path("version").asText().equals(VERSION)) {
            throw new RoutesFileException("/version", "must be \"" + VERSION + "\"");
        }
        JsonNode pathmap = root.path("pathmap");
        if (!pathmap.isArray() || pathmap.size() > MOST_ROUTES) {
            throw new RoutesFileException("/pathmap", "must be an array of at most " + MOST_ROUTES + " routes");
        }
        List<Route> routes = new ArrayList<>();
        int size = 0;
        for (JsonNode entry : pathmap) {
            Route route = route(entry, "/pathmap/" + routes.size());
            size += route.match().size();
            if (size > LARGEST_PROGRAM) {
                throw new RoutesFileException(
                        route.pointer() + "/match", "the expressions are too large together; simplify some");
            }
            routes.add(route);
        }
        return new RouteTable(routes);
    }

    private static JsonNode tree(String text) throws RoutesFileException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "the file" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new RoutesFileException(where, "not valid JSON: " + JsonFault.reason(e));
        }
    }

    private Route route(JsonNode node, String pointer) throws RoutesFileException {
        JsonNode entry = object(node, pointer, List.of("match", "webhandler", "staticfiles"));
        PathPattern match = pattern(entry, pointer + "/match");
        if (entry.has("webhandler") == entry.has("staticfiles")) {
            throw new RoutesFileException(pointer, "must have either \"webhandler\" or \"staticfiles\"");
        }
        RouteTarget target = entry.has("webhandler")
                ? handler(entry.path("webhandler"), pointer + "/webhandler")
                : files(entry.path("staticfiles"), pointer + "/staticfiles", match);
        return new Route(match, target, pointer);
    }

    private static PathPattern pattern(JsonNode entry, String pointer) throws RoutesFileException {
        String text = text(entry, pointer);
        try {
            return PathPattern.of(text);
        } catch (IllegalArgumentException e) {
            throw new RoutesFileException(pointer, String.valueOf(e.getMessage()));
        }
    }

    private RouteTarget handler(JsonNode node, String pointer) throws RoutesFileException {
        JsonNode handler = object(node, pointer, List.of("component", "function"));
        if (inBundle && handler.has("component")) {
            throw new RoutesFileException(
                    pointer + "/component", "leave it out: a bundle's routes lead to its own functions");
        }
        String component = inBundle ? "" : text(handler, pointer + "/component");
        return new RouteTarget.Handler(component, text(handler, pointer + "/function"));
    }

    private RouteTarget files(JsonNode node, String pointer, PathPattern match) throws RoutesFileException {
        String folder = text(object(node, pointer, List.of("folder")), pointer + "/folder");
        if (match.groups() != 1) {
            throw new RoutesFileException(
                    pointer, "\"match\" must have exactly one group, which names the file, as in \"^/app/(.*)$\"");
        }
        if (inBundle && !isInside(folder)) {
            throw new RoutesFileException(
                    pointer + "/folder",
                    "must name a folder in the bundle, as in \"web\" or \"web/public\": no \".\", no \"..\", nothing"
                            + " hidden");
        }
        try {
            return new RouteTarget.StaticFiles(
                    directory.resolve(folder).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new RoutesFileException(pointer + "/folder", "is no path here: " + e.getReason());
        }
    }

    private static boolean isInside(String folder) {
        for (String segment : folder.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\\') >= 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode object(JsonNode node, String pointer, List<String> known) throws RoutesFileException {
        if (!node.isObject()) {
            throw new RoutesFileException(
                    pointer.isEmpty() ? "the file" : pointer, "must be an object with " + String.join(", ", known));
        }
        for (var name = node.fieldNames(); name.hasNext(); ) {
            String member = name.next();
            if (!known.contains(member)) {
                throw new RoutesFileException(
                        pointer + "/" + escaped(member), "is not known here; known are " + String.join(", ", known));
            }
        }
        return node;
    }

    /** As a JSON pointer writes it (RFC 6901), without what would not fit on a line. */
    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}", "?");
    }

    private static String text(JsonNode object, String pointer) throws RoutesFileException {
        JsonNode node = object.path(pointer.substring(pointer.lastIndexOf('/') + 1));
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw new RoutesFileException(pointer, "must be a text that is not empty");
        }
        return node.textValue();
    }
}
