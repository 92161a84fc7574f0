package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.bundle.signature.TypeDefinition;

/**
 * What a bundle's file says of its functions. It need not say all.
 *
 * @param typedefs by name, in order
 * @param functions by name
 */
record DeclaredSignatures(Map<String, TypeDefinition> typedefs, Map<String, Declared> functions) {
    /** Of a bundle without such a file. */
    static final DeclaredSignatures NONE = new DeclaredSignatures(Map.of(), Map.of());

    /** What it says of one function. */
    record Declared(Optional<String> help, Optional<List<Argument>> inputs, Optional<List<Argument>> outputs) {
        Signature over(Signature derived) {
            return new Signature(
                    help.orElse(derived.help()), inputs.orElse(derived.inputs()), outputs.orElse(derived.outputs()));
        }
    }

    /** The signatures of the exports: what is declared, and where nothing is, what Octave tells. */
    Signatures over(Map<String, Signature> derived) {
        Map<String, Signature> all = new TreeMap<>(derived);
        functions.forEach((name, declared) -> all.computeIfPresent(name, (n, signature) -> declared.over(signature)));
        return new Signatures(typedefs, all);
    }
}
