package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.octaveserver.ops.bundle.dependency.Candidate;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * All that workers of a version load, by content. What was tried with one need not be tried with an equal one.
 *
 * @param version the id of the version, with its digest
 * @param runtime the Octave
 * @param serving what serves its dependencies, in the order of the path: ids of bundles, packages of the runtime
 */
record Load(String version, String runtime, List<String> serving) {
    Load {
        serving = List.copyOf(serving);
    }

    static Load of(BundleVersion version, Dependencies.Chosen chosen, OctaveRuntime runtime) {
        return new Load(
                version.id(),
                runtime.id() + " " + runtime.build().identity(),
                chosen.order().stream().map(one -> named(one, chosen)).toList());
    }

    private static String named(Candidate one, Dependencies.Chosen chosen) {
        return chosen.bundles().stream()
                .filter(version -> TreeMaker.isSame(one, version))
                .map(BundleVersion::id)
                .findFirst()
                .orElse(one.described());
    }

    /** For messages, what is in this one and not in another. */
    List<String> beside(Load other) {
        List<String> mine = new ArrayList<>(all());
        mine.removeAll(other.all());
        return mine;
    }

    private List<String> all() {
        return Stream.concat(serving.stream(), Stream.of(runtime)).toList();
    }
}
