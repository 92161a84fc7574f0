package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.Managed;

/** Keeps a second server away from an {@code $OPS_HOME}: it would sweep the first one's workers. */
final class HomeLock implements Managed {
    private final OpsHome home;
    private @Nullable FileChannel channel;

    HomeLock(OpsHome home) {
        this.home = home;
    }

    @Override
    public void start() {
        Path file = home.run().resolve("lock");
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken();
            }
        } catch (OverlappingFileLockException e) {
            throw taken();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private IllegalStateException taken() {
        stop();
        return new IllegalStateException("another server uses " + home.directory()
                + "; stop it, or set OPS_HOME to a directory of this server's own");
    }

    /** Closing gives the lock up. */
    @Override
    public void stop() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + home.directory(), e);
        }
    }
}
