package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.json.JsonFault;

/**
 * The optional {@code ops.json} of a bundle. A member that OPS does not know is refused, so that a misspelt one is not
 * silently without effect.
 */
record OpsJson(
        Optional<String> name,
        Optional<String> version,
        Optional<String> description,
        Optional<List<String>> exports,
        Serving serving,
        Optional<String> signatures,
        List<String> depends,
        Optional<SmokeCall> smoke) {
    static final String NAME = "ops.json";

    private static final List<String> MEMBERS = Stream.concat(
                    Stream.of("name", "version", "description", "exports", "signatures", "depends", "smoke"),
                    ServingJson.MEMBERS.stream())
            .toList();
    private static final List<String> SMOKE = List.of("function", "rhs", "nargout");

    /** What a bundle without the file has. Below the constants that parsing needs. */
    static final OpsJson NONE = parse("{}");

    static OpsJson parse(String text) {
        JsonNode root = tree(text);
        if (!root.isObject()) {
            throw invalid("must hold one JSON object");
        }
        refuseUnknown(root, "", MEMBERS);
        return new OpsJson(
                string(root, "name"),
                string(root, "version"),
                string(root, "description"),
                exports(root.path("exports")),
                ServingJson.read(root),
                signatures(root.path("signatures")),
                depends(root.path("depends")),
                smoke(root.path("smoke")));
    }

    private static JsonNode tree(String text) {
        try {
            return StrictJson.tree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE, NAME + ":" + where + "not valid JSON: " + JsonFault.reason(e), e);
        }
    }

    /** Refuses members of an object that are not known. */
    static void refuseUnknown(JsonNode object, String prefix, List<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw invalid("unknown member " + Quoted.text(prefix + name) + "; known are " + prefix
                        + String.join(", " + prefix, known));
            }
        }
    }

    private static Optional<String> string(JsonNode root, String member) {
        JsonNode node = root.path(member);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw invalid("\"" + member + "\" must be a string, not " + kind(node));
        }
        return Optional.of(node.textValue());
    }

    private static Optional<List<String>> exports(JsonNode node) {
        if (node instanceof MissingNode) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode one : node) {
            if (!node.isArray() || !one.isTextual()) {
                throw exportsShape();
            }
            names.add(one.textValue());
        }
        if (names.isEmpty()) {
            throw exportsShape();
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw invalid("\"exports\" names a function twice: " + String.join(", ", names));
        }
        return Optional.of(List.copyOf(names));
    }

    private static OpsException exportsShape() {
        return invalid("\"exports\" must be an array of at least one function name, as in [\"f\", \"pkg.g\"];"
                + " without it every function is exported");
    }

    private static Optional<String> signatures(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw invalid("\"signatures\" must be an object from function names to signatures");
        }
        return node.isEmpty() ? Optional.empty() : Optional.of(StrictJson.text(node));
    }

    private static List<String> depends(JsonNode node) {
        List<String> depends = new ArrayList<>();
        for (JsonNode one : node) {
            if (!node.isArray() || !one.isTextual()) {
                throw dependsShape();
            }
            depends.add(one.textValue().strip());
        }
        if (!node.isMissingNode() && !node.isArray()) {
            throw dependsShape();
        }
        return List.copyOf(depends);
    }

    private static OpsException dependsShape() {
        return invalid("\"depends\" must be an array of strings, as in [\"statistics (>= 1.4)\", \"struct\"]");
    }

    private static Optional<SmokeCall> smoke(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        refuseUnknown(node, "smoke.", SMOKE);
        JsonNode function = node.path("function");
        JsonNode rhs = node.path("rhs");
        JsonNode nargout = node.path("nargout");
        boolean counts = nargout.isMissingNode() || (nargout.canConvertToInt() && nargout.isIntegralNumber());
        if (!function.isTextual() || !(rhs.isMissingNode() || rhs.isArray()) || !counts || nargout.asInt() < 0) {
            throw invalid("\"smoke\" must be a call, as in {\"function\": \"f\", \"rhs\": [1, \"a\"], \"nargout\": 1};"
                    + " \"rhs\" and \"nargout\" may be left out");
        }
        try {
            return Optional.of(new SmokeCall(
                    SmokeCall.Purpose.SMOKE, function.textValue(), CallValues.read(rhs, "smoke.rhs"), nargout.asInt()));
        } catch (IOException e) {
            throw new OpsException(ErrorCode.INVALID_BUNDLE, NAME + ": \"smoke\": " + e.getMessage(), e);
        }
    }

    private static String kind(JsonNode node) {
        JsonNodeType type = node.getNodeType();
        return switch (type) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }

    static OpsException invalid(String message) {
        return new OpsException(ErrorCode.INVALID_BUNDLE, NAME + ": " + message);
    }
}
