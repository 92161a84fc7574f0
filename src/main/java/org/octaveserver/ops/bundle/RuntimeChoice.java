package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.dependency.PackageVersion;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RegisteredRuntimes;
import org.octaveserver.ops.runtime.RuntimeStatus;

/**
 * Which runtime a bundle is deployed to: the one that its deployer names, else the default one if it satisfies the
 * bundle's own constraint on Octave, else the newest that does. The default one is not passed over when it is not
 * available: the choice would depend on the moment.
 */
record RuntimeChoice(RegisteredRuntimes runtimes) {
    /**
     * Chooses.
     *
     * @param wanted the runtime that the deployer names, if any
     * @throws OpsException RUNTIME_UNAVAILABLE when the one to choose is not there, INVALID_INPUT when none has the name
     *     that is wanted, DEPENDENCY_UNSATISFIED when none fits
     */
    OctaveRuntime choose(Manifest manifest, Optional<String> wanted) {
        List<RuntimeStatus> all = runtimes.statuses();
        OctaveNeeds needs = OctaveNeeds.of(manifest);
        if (wanted.isPresent()) {
            OctaveRuntime named = named(wanted.get(), all);
            if (!needs.fit(named)) {
                throw new OpsException(
                        ErrorCode.DEPENDENCY_UNSATISFIED,
                        needs.described() + ", and the runtime that was asked for is " + named.described());
            }
            return named;
        }
        OctaveRuntime byDefault = all.get(0).available();
        return needs.fit(byDefault) ? byDefault : newest(needs, all);
    }

    private static OctaveRuntime named(String id, List<RuntimeStatus> all) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new OpsException(
                        ErrorCode.INVALID_INPUT,
                        "no runtime is named " + Quoted.text(id) + "; there are " + listed(all)))
                .available();
    }

    private static OctaveRuntime newest(OctaveNeeds needs, List<RuntimeStatus> all) {
        Optional<OctaveRuntime> newest = all.stream()
                .flatMap(one -> one.runtime().stream())
                .filter(needs::fit)
                // Of two of the same version the first one wins.
                .reduce((a, b) -> version(b).compareTo(version(a)) > 0 ? b : a);
        return newest.orElseThrow(() -> {
            boolean allThere = all.stream().allMatch(one -> one.runtime().isPresent());
            return new OpsException(
                    allThere ? ErrorCode.DEPENDENCY_UNSATISFIED : ErrorCode.RUNTIME_UNAVAILABLE,
                    needs.described() + ", and no runtime fits; there are " + listed(all)
                            + "; register one that does (setting ops.runtime.<id>.command)");
        });
    }

    private static String listed(List<RuntimeStatus> all) {
        return all.stream()
                .map(one -> one.runtime().map(OctaveRuntime::described).orElse(one.id() + " (not available)"))
                .collect(Collectors.joining(", "));
    }

    private static PackageVersion version(OctaveRuntime runtime) {
        return new PackageVersion(runtime.version());
    }
}
