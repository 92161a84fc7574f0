package org.octaveserver.ops.bundle;

import java.nio.file.Path;

/**
 * A JVM of its own that deploys versions {@code 1.0}, {@code 1.1} ... of one bundle, and dies at once after a step if
 * one is named. Arguments: directory, bundle, how many, step.
 */
final class DeployingProcess {
    static final int DIED = 42;

    private DeployingProcess() {}

    public static void main(String[] args) {
        Bundles bundles = new Bundles(Path.of(args[0]), step -> {
            if (args.length > 3 && step.name().equals(args[3])) {
                Runtime.getRuntime().halt(DIED);
            }
        });
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            bundles.deploy(Archives.folder(args[1], "1." + i, "").tarGz());
        }
    }
}
