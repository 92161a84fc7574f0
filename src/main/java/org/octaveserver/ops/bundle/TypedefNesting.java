package org.octaveserver.ops.bundle;

import java.util.HashMap;
import java.util.Map;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.TypeDefinition;

/** How deep definitions of types stand in each other. Not for concurrent use. */
final class TypedefNesting {
    /** Clients put the definitions into each other, so how deep that goes has an end. */
    static final int DEEPEST = 32;

    private final Map<String, TypeDefinition> definitions;
    private final Map<String, Integer> known = new HashMap<>();

    TypedefNesting(Map<String, TypeDefinition> definitions) {
        this.definitions = definitions;
    }

    /** Whether there is more inside than allowed; a circle has no end, so it is. */
    boolean isTooDeep(String name) {
        return height(name, 1) > DEEPEST;
    }

    private int height(String name, int depth) {
        Integer found = known.get(name);
        if (found != null) {
            return found;
        }
        int height = depth;
        TypeDefinition definition = definitions.get(name);
        if (definition != null && depth <= DEEPEST) {
            height = 1;
            for (Argument part : definition.parts()) {
                String inner = part.type().typedef();
                height = inner.isEmpty() ? height : Math.max(height, 1 + height(inner, depth + 1));
            }
            known.put(name, height);
        }
        return height;
    }
}
