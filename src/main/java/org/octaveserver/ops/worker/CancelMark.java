package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The file in a worker's home by which {@code ops.cancelled} knows that the present call is wanted no more. User code may
 * put links anywhere in its directories: they are not followed. Thread-safe; methods block on the disk, for moments.
 */
final class CancelMark {
    private static final Logger LOG = LogManager.getLogger(CancelMark.class);
    /** The same name stands in the worker's own code. */
    static final String NAME = ".ops-cancelled";

    /** Of a worker without a directory. */
    static final CancelMark NONE = new CancelMark(Path.of("/nowhere/w/home"));

    private final Path home;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean isSet;

    /** What is done in the home. */
    private interface InHome {
        void run(SecureDirectoryStream<Path> home) throws IOException;
    }

    /**
     * One that is not set.
     *
     * @param home the worker's, in a directory of its own
     */
    CancelMark(Path home) {
        this.home = home;
    }

    /** Sets it; again, it changes nothing. */
    void set() throws IOException {
        lock.lock();
        try {
            if (!isSet) {
                // Before the file is there: what fails half way is removed, too.
                isSet = true;
                make();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that it is not set. */
    void clear() throws IOException {
        lock.lock();
        try {
            if (isSet) {
                remove();
                isSet = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void make() throws IOException {
        try {
            if (!inHome(own -> own.newByteChannel(
                            Path.of(NAME),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))
                    .close())) {
                Files.createFile(home.resolve(NAME));
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("home={} the function has marked itself as cancelled", home, e);
        }
    }

    private void remove() throws IOException {
        try {
            if (!inHome(own -> own.deleteFile(Path.of(NAME)))) {
                Files.delete(home.resolve(NAME));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("home={} the function has removed the mark", home, e);
        }
    }

    /** False where the system has no way to do something in an open directory. */
    private boolean inHome(InHome action) throws IOException {
        Path own = home.resolveSibling("");
        try (DirectoryStream<Path> around = Files.newDirectoryStream(own.resolveSibling(""))) {
            if (!(around instanceof SecureDirectoryStream<Path> secure)) {
                return false;
            }
            try (SecureDirectoryStream<Path> worker =
                            secure.newDirectoryStream(own.getFileName(), LinkOption.NOFOLLOW_LINKS);
                    SecureDirectoryStream<Path> opened =
                            worker.newDirectoryStream(home.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
                action.run(opened);
                return true;
            }
        }
    }
}
