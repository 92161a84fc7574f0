package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.octaveserver.ops.lifecycle.TreeRemoval;

/** Listing and removing directories, with every failure an IOException. No link is ever followed. */
final class FileTrees {
    private FileTrees() {}

    /** What is in a directory. */
    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        } catch (UncheckedIOException e) {
            throw new IOException(directory + " cannot be listed", e);
        }
    }

    /** All that is below a directory, each directory before what is in it. */
    static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(path -> !path.equals(directory)).toList();
        } catch (UncheckedIOException e) {
            throw new IOException(directory + " cannot be listed", e);
        }
    }

    /** Removes a file or a directory with all that is in it; links are removed, never followed. */
    static void delete(Path path) throws IOException {
        TreeRemoval.remove(path);
    }
}
