package org.octaveserver.ops.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that keeps a second server away from a directory, from start to stop. Not for concurrent use: the life cycle
 * owns it.
 */
public final class FileClaim implements Managed {
    private static final String CLAIM = "ops.lock:";

    private final Path file;
    private final String taken;
    private @Nullable FileChannel channel;
    private @Nullable String claim;

    /**
     * A claim that is not made yet.
     *
     * @param file in a directory that is there at the start
     * @param taken what the operator is told when another server has it, and what to do then
     */
    public FileClaim(Path file, String taken) {
        this.file = file;
        this.taken = taken;
    }

    /**
     * Makes the claim.
     *
     * @throws IllegalStateException when another server has it
     * @throws UncheckedIOException when the file cannot be made
     */
    @Override
    public void start() {
        try {
            Path directory = file.toAbsolutePath().getParent();
            claimInThisProcess(
                    CLAIM + (directory == null ? file : directory.toRealPath().resolve(file.getFileName())));
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                stop();
                throw new IllegalStateException(taken);
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
            throw new IllegalStateException(taken);
        }
        claim = name;
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
            throw new UncheckedIOException("cannot unlock " + file, e);
        } finally {
            if (claim != null) {
                System.clearProperty(claim);
                claim = null;
            }
        }
    }
}
