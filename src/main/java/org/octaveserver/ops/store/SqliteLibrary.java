package org.octaveserver.ops.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.DurableFiles;
import org.octaveserver.ops.lifecycle.OwnerOnly;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native library of SQLite, which the driver unpacks into a file: here one in a directory of the server's own, where the
 * next start finds what a server has left that was killed.
 */
final class SqliteLibrary {
    private static final Logger LOG = LogManager.getLogger(SqliteLibrary.class);
    /** Read by the driver when it loads the library (org.sqlite.SQLiteJDBCLoader). */
    private static final String PLACE = "org.sqlite.tmpdir";

    private final Path directory;

    /**
     * Not loaded yet.
     *
     * @param directory which no other server uses at the same time; it is made, and emptied
     */
    SqliteLibrary(Path directory) {
        this.directory = directory;
    }

    /** Loads it, unless these classes have it already. Where that fails, the driver tries the system's directory. */
    void load() {
        try {
            DurableFiles.ensureDirectory(directory, OwnerOnly.directory());
            empty();
            loadFromThere();
        } catch (IOException e) {
            LOG.warn("the library of SQLite is not loaded from {}: {}", directory, e.toString());
        }
    }

    private void empty() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** The property is that of the JVM, in which other web applications may start at the same time, with other classes. */
    private void loadFromThere() throws IOException {
        synchronized (System.getProperties()) {
            @Nullable String before = System.getProperty(PLACE);
            if (before != null) {
                LOG.debug("{} is {}, as the operator wants it", PLACE, before);
                return;
            }
            System.setProperty(PLACE, directory.toString());
            try {
                boolean unused = SQLiteJDBCLoader.initialize();
            } catch (Exception e) {
                throw new IOException(e.getMessage(), e);
            } finally {
                System.clearProperty(PLACE);
            }
        }
    }
}
