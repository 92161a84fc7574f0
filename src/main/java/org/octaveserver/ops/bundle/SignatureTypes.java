package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.TypeDefinition;
import org.octaveserver.ops.bundle.signature.TypeDefinition.Kind;
import org.octaveserver.ops.bundle.signature.ValueType;

/**
 * Reads the types in a file of signatures (MPS, "MATLAB Function Signatures in JSON"): {@code _typedefs}, and
 * {@code type} wherever it stands. Not for concurrent use.
 */
final class SignatureTypes {
    private static final String SIZE = "size=";
    private static final Pattern EXTENTS = Pattern.compile("[0-9]{1,9}(,[0-9]{1,9})+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CLASS = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, SignatureNode> definitions;

    /** The types of a file with this {@code _typedefs}. */
    SignatureTypes(Optional<SignatureNode> typedefs) {
        this.definitions = typedefs.map(node -> node.object("an object from names to definitions"))
                .orElse(Map.of());
        definitions.forEach((name, definition) -> {
            if (!IDENTIFIER.matcher(name).matches()) {
                throw definition.place().refusal("a typedef's name is made of letters, digits and underscores");
            }
            kinds.put(name, kind(definition));
        });
    }

    /** All definitions, in their order. */
    Map<String, TypeDefinition> definitions() {
        Map<String, TypeDefinition> read = new LinkedHashMap<>();
        definitions.forEach((name, node) -> read.put(name, definition(node, kind(node))));
        TypedefNesting nesting = new TypedefNesting(read);
        definitions.forEach((name, node) -> {
            if (nesting.isTooDeep(name)) {
                throw node.place()
                        .refusal("typedefs stand in each other more than " + TypedefNesting.DEEPEST
                                + " deep, or in a circle");
            }
        });
        return read;
    }

    private static Kind kind(SignatureNode definition) {
        definition.object("an object with \"type\", which is \"struct\" or \"cell\"");
        SignatureNode type =
                definition.member("type").orElseThrow(() -> definition.place().refusal("has no \"type\""));
        List<String> said = specifiers(type);
        for (Kind kind : Kind.values()) {
            if (said.contains(kind.className())) {
                return kind;
            }
        }
        throw type.place().refusal("must be \"struct\" or \"cell\"");
    }

    private TypeDefinition definition(SignatureNode node, Kind kind) {
        SignatureNode parts = node.member(kind.partsName())
                .orElseThrow(() ->
                        node.place().refusal("is a " + kind.className() + " and needs \"" + kind.partsName() + "\""));
        return new TypeDefinition(kind, node.text("purpose"), parts(parts, kind == Kind.STRUCT));
    }

    /** The arguments, fields or elements in an array. */
    List<Argument> parts(SignatureNode array, boolean named) {
        List<Argument> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SignatureNode part : array.array("an array of objects")) {
            part.object("an object" + (named ? " with a \"name\"" : ""));
            String name = named ? name(part) : "";
            if (named && !name.equals("~") && !names.add(name)) {
                throw part.place().member("name").refusal(Quoted.text(name) + " is there twice");
            }
            ValueType type = part.member("type").map(this::type).orElse(ValueType.UNKNOWN);
            parts.add(new Argument(name, type, part.text("purpose")));
        }
        return parts;
    }

    private static String name(SignatureNode part) {
        String name = part.text("name");
        if (name.isBlank()) {
            throw part.place().refusal("has no \"name\"");
        }
        return name;
    }

    private ValueType type(SignatureNode node) {
        String className = "";
        String typedef = "";
        List<Integer> size = List.of();
        for (String one : specifiers(node)) {
            Optional<Kind> kind = kindOf(one);
            if (one.startsWith(SIZE)) {
                size = size(node, one);
            } else if (kind.isPresent()) {
                className = kind.get().className();
                typedef = typedef(node, one, kind.get());
            } else if (className.isEmpty() && CLASS.matcher(one).matches()) {
                className = one;
            }
            // What else there is tells MATLAB's editor what to propose, and MPS does not answer it either.
        }
        return new ValueType(className, size, typedef);
    }

    private static List<String> specifiers(SignatureNode type) {
        if (type.json().isTextual()) {
            return List.of(type.text());
        }
        return type.array("a string or an array of strings, as in [\"double\", \"size=1,1\"]").stream()
                .map(SignatureNode::text)
                .toList();
    }

    private static List<Integer> size(SignatureNode node, String specifier) {
        String extents = specifier.substring(SIZE.length()).replace(" ", "");
        if (!EXTENTS.matcher(extents).matches()) {
            throw node.place()
                    .refusal(Quoted.text(specifier)
                            + " is no size; write \"size=\" and at least two whole numbers, as in"
                            + " \"size=1,3\", or leave it out for any size");
        }
        return List.of(extents.split(",", -1)).stream().map(Integer::valueOf).toList();
    }

    private static Optional<Kind> kindOf(String specifier) {
        for (Kind kind : Kind.values()) {
            if (specifier.startsWith(kind.className() + ":")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private String typedef(SignatureNode node, String specifier, Kind kind) {
        String name = specifier.substring(kind.className().length() + 1).strip();
        if (!kinds.containsKey(name)) {
            throw node.place()
                    .refusal(Quoted.text(specifier) + " names a typedef that is not in _typedefs, which has "
                            + (kinds.isEmpty() ? "none" : Exports.list(kinds.keySet())));
        }
        if (kinds.get(name) != kind) {
            throw node.place().refusal(Quoted.text(specifier) + " names a typedef that is no " + kind.className());
        }
        return name;
    }
}
