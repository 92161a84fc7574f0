package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * Makes what one runtime loads of a bundle, and tries it: installs it, has every function parsed, runs its smoke call.
 * All of this happens beside the place where it will be, so that a failure leaves nothing there. Thread-safe.
 */
final class Preparation {
    /** A path in a compiled file can become shorter, but not longer; names of files have an end too. */
    private static final int LONGEST_NAME = 200;

    private final OctaveSteps octave;

    Preparation(OctaveSteps octave) {
        this.octave = octave;
    }

    /**
     * What a tree is made for.
     *
     * @param runtime the Octave that loads it
     * @param place where it will be
     * @param dependencies the directories of what the bundle depends on, first one first
     * @param log what the build prints goes here, also when it fails
     */
    record Target(OctaveRuntime runtime, Path place, List<Path> dependencies, Path log) {}

    /**
     * What was made, to be moved to the places that it is for.
     *
     * @param tree the tree
     * @param functions the functions it offers
     */
    record Prepared(Path tree, List<InspectedFunction> functions) {}

    /** Prepares a bundle. */
    Prepared prepare(BundleTree bundle, Manifest manifest, Target target, Incoming.Workspace workspace)
            throws IOException {
        if (!bundle.isPackage()) {
            Path copy = workspace.fresh();
            Installation.build(bundle, copy);
            return new Prepared(copy, tried(bundle, trial(InstalledTree.plain(copy), target)));
        }
        Path source = workspace.fresh();
        Installation.copyChildren(bundle.root(), Files.createDirectories(source));
        String name = manifest.name() + " " + manifest.version();
        Path prefix = prefix(workspace, target.place());
        PackageBuild build =
                new PackageBuild(name, source, prefix, target.log(), target.dependencies(), target.runtime());
        InstalledTree installed = octave.installer().install(build);
        List<InspectedFunction> functions = tried(bundle, trial(installed, target));
        // Only now: until it is moved, what names its place must find itself in the present one.
        new Relocation(installed.root(), target.place()).apply();
        installed.write();
        return new Prepared(installed.root(), functions);
    }

    /**
     * What is to be tried together.
     *
     * @param tree what was made of the bundle
     * @param dependencies the directories of what it depends on, first one first
     */
    record Trial(InstalledTree tree, List<Path> dependencies, OctaveRuntime runtime) {}

    private static Trial trial(InstalledTree tree, Target target) {
        return new Trial(tree, target.dependencies(), target.runtime());
    }

    /** Has every function parsed, and runs the warmup and the smoke call; answers the functions. */
    List<InspectedFunction> tried(BundleTree bundle, Trial trial) throws IOException {
        List<InspectedFunction> functions =
                octave.inspector().inspect(trial.tree(), trial.dependencies(), trial.runtime());
        for (SmokeCall smoke : ManifestReader.smoke(bundle)) {
            refuseForeign(smoke, functions);
            List<Path> loadPath = Stream.concat(trial.tree().loadPath().stream(), trial.dependencies().stream())
                    .toList();
            octave.smoke().run(smoke, loadPath, trial.runtime());
        }
        return functions;
    }

    private static void refuseForeign(SmokeCall smoke, List<InspectedFunction> functions) {
        List<String> names =
                functions.stream().map(one -> one.function().name()).toList();
        if (!names.contains(smoke.function())) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "ops.json: \"" + smoke.purpose().member() + "\" is " + Quoted.text(smoke.function())
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
