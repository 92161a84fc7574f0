package org.octaveserver.ops.bundle.signature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signatures of one version of a bundle. Immutable.
 *
 * @param typedefs by name, in the order in which they were declared
 * @param functions by name, in order
 */
public record Signatures(Map<String, TypeDefinition> typedefs, Map<String, Signature> functions) {
    /** Of a version that was stored before signatures were. */
    public static final Signatures NONE = new Signatures(Map.of(), Map.of());

    public Signatures {
        typedefs = Collections.unmodifiableMap(new LinkedHashMap<>(typedefs));
        functions = Collections.unmodifiableSortedMap(new TreeMap<>(functions));
    }

    /** How a function is called; {@link Signature#UNKNOWN} when nobody recorded it. */
    public Signature of(String function) {
        return functions.getOrDefault(function, Signature.UNKNOWN);
    }
}
