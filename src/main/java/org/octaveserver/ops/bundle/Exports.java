package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Which of a bundle's functions may be called. */
final class Exports {
    private static final int SHOWN = 50;

    private Exports() {}

    /** All that were found, or exactly those that the manifest names. */
    static Map<String, ExportedFunction> choose(Manifest manifest, List<ExportedFunction> found) {
        if (found.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle has no function; functions are looked for in .m, .oct and .mex files in what pkg"
                            + " installs of a package, or beside ops.json, and in the +package directories there");
        }
        Map<String, ExportedFunction> byName = new TreeMap<>();
        found.forEach(function -> byName.put(function.name(), function));
        manifest.exports().ifPresent(names -> {
            List<String> missing = new ArrayList<>(names);
            missing.removeAll(byName.keySet());
            if (!missing.isEmpty()) {
                throw new OpsException(
                        ErrorCode.INVALID_BUNDLE,
                        "ops.json: \"exports\" names " + list(missing) + ", which the bundle does not have; it has "
                                + list(byName.keySet()));
            }
            byName.keySet().retainAll(names);
        });
        refuseOthers(manifest.serving().jobs(), byName.keySet());
        return byName;
    }

    /** A misspelt name would be without effect, just when it is needed. */
    private static void refuseOthers(JobTerms jobs, Set<String> exported) {
        List<String> others = jobs.idempotent().stream()
                .filter(name -> !exported.contains(name))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw OpsJson.invalid("\"jobs.idempotent\" names " + list(others)
                    + ", which the bundle does not export; it exports " + list(exported));
        }
    }

    /** For a message: not too many of them. */
    static String list(Collection<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
