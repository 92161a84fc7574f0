package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A JVM of its own that removes all that the current release does not need, as if its time had come, and dies at once
 * after a step if one is named. Arguments: directory, step.
 */
public final class CollectingProcess {
    private static final Retention NOTHING = new Retention(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private CollectingProcess() {}

    public static void main(String[] args) throws IOException {
        collect(Path.of(args[0]), args[1]);
    }

    /**
     * Does it here.
     *
     * @param fault the step to die after, or empty
     */
    public static void collect(Path root, String fault) throws IOException {
        Bundles bundles = new Bundles(root);
        BundleDirectories directories = new BundleDirectories(root);
        ReleaseLog log = new ReleaseLog(directories, bundles.store, SymlinkCreator.PLATFORM);
        StoreCollector collector = new StoreCollector(directories, log, NOTHING, System::nanoTime, step -> {
            if (step.name().equals(fault)) {
                Runtime.getRuntime().halt(DeployingProcess.DIED);
            }
        });
        collector.collect(
                bundles.releases.current().number(), Uses.NONE, Instant.now().plus(Duration.ofDays(1)));
    }
}
