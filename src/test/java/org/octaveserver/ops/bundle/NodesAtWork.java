package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A node of its own that keeps nothing longer than others use it. */
public final class NodesAtWork {
    private static final Retention NOTHING = new Retention(1, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));

    private final Path root;
    private final Bundles bundles;
    private final NodeRegister register;
    private final StoreCollector collector;

    /**
     * A node.
     *
     * @param root the bundles directory that it shares
     */
    public NodesAtWork(Path root) {
        this.root = root;
        this.bundles = new Bundles(root);
        BundleDirectories directories = new BundleDirectories(root);
        ReleaseLog log = new ReleaseLog(directories, bundles.store, SymlinkCreator.PLATFORM);
        this.register = new NodeRegister(directories, NOTHING.silence());
        this.collector = new StoreCollector(directories, log, NOTHING, System::nanoTime, step -> {});
    }

    /** Removes all that no node uses, as a keeper does. */
    public void collect() throws IOException {
        Instant now = register.announce(0, Uses.NONE);
        collector.collect(bundles.releases.current().number(), register.others(now), now.plus(Duration.ofDays(1)));
        register.leave();
    }

    /** Deploys version 1.0 of a package {@code slow} for another Octave; a real one builds it for 3 s, then fails. */
    public void deployWhatOthersCannotBuild() {
        byte[] file = Archives.archive()
                .file("slow/DESCRIPTION", """
                        Name: slow
                        Version: 1.0
                        Date: 2026-01-01
                        Author: Ann
                        Maintainer: Ann
                        Title: Slow
                        Description: Slow.
                        Categories: Slow
                        """)
                .file("slow/COPYING", "free")
                .file("slow/inst/f.m", "function y = f ()\n  y = 1;\nend\n")
                .file("slow/src/Makefile", "all:\n\tsleep 3; false\n")
                .tarGz();
        new Bundles(root, "default", SymlinkCreator.PLATFORM, DeploymentObserver.NONE).deploy(file);
    }
}
