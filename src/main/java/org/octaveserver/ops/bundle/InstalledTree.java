package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tree that one runtime loads of a version: what {@code pkg} installed, or a copy of a plain folder. Where more than
 * its root belongs on the path, a file in it says what: then no worker needs {@code pkg load}, which takes longer than
 * all the rest of a start.
 *
 * @param root absolute
 * @param parts the directories in it that belong on the path, first one first, relative to {@code root} with {@code /};
 *     the root itself is empty
 */
public record InstalledTree(Path root, List<String> parts) {
    /** Beside the functions, where Octave does not look at it. */
    static final String LOAD_PATH = ".load-path";

    /** What a tree has without the file. */
    private static final List<String> ROOT_ALONE = List.of("");

    private static final String ROOT = ".";

    public InstalledTree {
        parts = List.copyOf(parts);
    }

    /** A tree of which only the root belongs on the path. */
    static InstalledTree plain(Path root) {
        return new InstalledTree(root, ROOT_ALONE);
    }

    /** A tree as it was written; any fault of its file is an IOException. */
    static InstalledTree read(Path root) throws IOException {
        Path file = root.resolve(LOAD_PATH);
        if (!Files.exists(file)) {
            return plain(root);
        }
        List<String> parts = Files.readAllLines(file).stream()
                .map(part -> part.equals(ROOT) ? "" : part)
                .toList();
        for (String part : parts) {
            if (!root.resolve(part).normalize().startsWith(root)) {
                throw new IOException(file + " names " + Quoted.text(part) + ", which is outside");
            }
        }
        return new InstalledTree(root, parts);
    }

    /** Writes down what belongs on the path, unless it is the root alone. */
    void write() throws IOException {
        if (!parts.equals(ROOT_ALONE)) {
            Path file = Files.write(
                    root.resolve(LOAD_PATH),
                    parts.stream().map(part -> part.isEmpty() ? ROOT : part).toList());
            FileModes.set(file, false);
        }
    }

    /** The directories for Octave's path, first one first. */
    public List<Path> loadPath() {
        return parts.stream().map(root::resolve).toList();
    }
}
