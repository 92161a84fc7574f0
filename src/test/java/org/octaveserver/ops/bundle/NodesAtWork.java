package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A node of its own that keeps nothing longer than others use it. */
public final class NodesAtWork {
    private static final Retention NOTHING = new Retention(1, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));

    private final Bundles bundles;
    private final NodeRegister register;
    private final StoreCollector collector;

    /**
     * A node.
     *
     * @param root the bundles directory that it shares
     */
    public NodesAtWork(Path root) {
        this.bundles = new Bundles(root);
        BundleDirectories directories = new BundleDirectories(root);
        ReleaseLog log = new ReleaseLog(directories, bundles.store, SymlinkCreator.PLATFORM);
        this.register = new NodeRegister(directories, NOTHING.silence());
        this.collector = new StoreCollector(directories, log, NOTHING, System::nanoTime, step -> {});
    }

    /** Removes all that no node uses, as a keeper does. */
    public void collect() throws IOException {
        Instant now = register.announce(0, Set.of());
        collector.collect(bundles.releases.current().number(), register.others(now), now.plus(Duration.ofDays(1)));
        register.leave();
    }
}
