package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Keeps a second server away from an {@code $OPS_HOME}: it would sweep the first one's workers. Not for concurrent use:
 * the life cycle owns it.
 */
final class HomeLock implements Managed {
    private static final String CLAIM = "ops.home.lock:";

    private final OpsHome home;
    private @Nullable FileChannel channel;
    private @Nullable String claim;

    HomeLock(OpsHome home) {
        this.home = home;
    }

    @Override
    public void start() {
        Path file = home.run().resolve("lock");
        try {
            claimInThisProcess(CLAIM + home.run().toRealPath());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                stop();
                throw taken();
            }
        } catch (IOException e) {
            stop();
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /**
     * A process that closes any file gives up all its locks on that file (POSIX), so a second server in this process
     * must not even open it. The claim is a system property because each web application has its own classes, and so
     * its own statics.
     */
    private void claimInThisProcess(String name) {
        if (System.getProperties().putIfAbsent(name, "taken") != null) {
            throw taken();
        }
        claim = name;
    }

    private IllegalStateException taken() {
        return new IllegalStateException("another server uses " + home.directory()
                + "; stop it, or set OPS_HOME to a directory of this server's own");
    }

    /** Closing gives the lock up. */
    @Override
    public void stop() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + home.directory(), e);
        } finally {
            if (claim != null) {
                System.clearProperty(claim);
                claim = null;
            }
        }
    }
}
