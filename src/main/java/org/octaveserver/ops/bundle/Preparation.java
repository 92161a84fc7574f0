package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Makes what one runtime loads of a bundle, and tries it: installs it, has every function parsed, runs its smoke call.
 * All of this happens beside the place where it will be, so that a failure leaves nothing there. Thread-safe.
 */
final class Preparation {
    /** A path in a compiled file can become shorter, but not longer; names of files have an end too. */
    private static final int LONGEST_NAME = 200;

    private final OctaveSteps octave;
    private final String runtimeId;

    Preparation(OctaveSteps octave, String runtimeId) {
        this.octave = octave;
        this.runtimeId = runtimeId;
    }

    /**
     * What was made, to be moved to the places that it is for.
     *
     * @param tree the tree
     * @param log what the build printed, if there was one
     * @param functions the functions it offers
     */
    record Prepared(Path tree, Optional<Path> log, List<InspectedFunction> functions) {}

    /**
     * Prepares a bundle.
     *
     * @param place where the tree will be
     * @param dependencies the directories of what it depends on, first one first
     */
    Prepared prepare(
            BundleTree bundle, Manifest manifest, Path place, List<Path> dependencies, Incoming.Workspace workspace)
            throws IOException {
        if (!bundle.isPackage()) {
            Path target = workspace.fresh();
            Installation.build(bundle, target);
            InstalledTree plain = InstalledTree.plain(target);
            return new Prepared(target, Optional.empty(), tried(bundle, plain, dependencies));
        }
        Path source = workspace.fresh();
        Installation.copyChildren(bundle.root(), Files.createDirectories(source));
        String name = manifest.name() + " " + manifest.version();
        PackageBuild build =
                new PackageBuild(name, source, prefix(workspace, place), workspace.fresh(), dependencies, runtimeId);
        InstalledTree installed = octave.installer().install(build);
        List<InspectedFunction> functions = tried(bundle, installed, dependencies);
        // Only now: until it is moved, what names its place must find itself in the present one.
        new Relocation(installed.root(), place).apply();
        installed.write();
        return new Prepared(installed.root(), Optional.of(build.log()), functions);
    }

    private List<InspectedFunction> tried(BundleTree bundle, InstalledTree tree, List<Path> dependencies)
            throws IOException {
        List<InspectedFunction> functions = octave.inspector().inspect(tree, dependencies, runtimeId);
        Optional<SmokeCall> smoke = ManifestReader.smoke(bundle);
        if (smoke.isPresent()) {
            refuseForeign(smoke.get(), functions);
            List<Path> loadPath = Stream.concat(tree.loadPath().stream(), dependencies.stream())
                    .toList();
            octave.smoke().run(smoke.get(), loadPath, runtimeId);
        }
        return functions;
    }

    private static void refuseForeign(SmokeCall smoke, List<InspectedFunction> functions) {
        List<String> names =
                functions.stream().map(one -> one.function().name()).toList();
        if (!names.contains(smoke.function())) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "ops.json: \"smoke.function\" is " + Quoted.text(smoke.function())
                            + ", which the bundle does not have; it has " + Exports.list(names));
        }
    }

    /** Where the package's path is no shorter than in its final place. */
    private static Path prefix(Incoming.Workspace workspace, Path place) throws IOException {
        Path fresh = workspace.fresh();
        int missing = place.toString().length() - fresh.toString().length();
        int padding = Math.max(
                0,
                Math.min(missing, LONGEST_NAME - fresh.getFileName().toString().length()));
        return Files.createDirectories(fresh.resolveSibling(fresh.getFileName() + "-".repeat(padding)));
    }
}
