package org.octaveserver.ops.cli.pack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Collects the files of a directory that belong into a bundle: all but hidden ones, the folders of version control and
 * what editors leave behind.
 */
final class BundleFiles extends SimpleFileVisitor<Path> {
    private static final Set<String> VERSION_CONTROL = Set.of("CVS", "_darcs");

    private final Path root;
    private final SortedMap<String, Path> files = new TreeMap<>();

    private BundleFiles(Path root) {
        this.root = root;
    }

    /**
     * The files by their path inside {@code root}, with slashes, sorted.
     *
     * @throws OpsException when one is a symbolic link or no regular file: neither means the same on the server
     */
    static SortedMap<String, Path> in(Path root) throws IOException {
        BundleFiles collector = new BundleFiles(root);
        Files.walkFileTree(root, collector);
        return collector.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return directory.equals(root) || isWanted(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isWanted(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            throw refused(file, "is a symbolic link; a bundle holds the files themselves");
        }
        if (!attributes.isRegularFile()) {
            throw refused(file, "is neither a file nor a directory; a bundle holds nothing else");
        }
        files.put(root.relativize(file).toString().replace('\\', '/'), file);
        return FileVisitResult.CONTINUE;
    }

    private static boolean isWanted(Path path) {
        String name = path.getFileName().toString();
        boolean leftover = name.endsWith("~") || name.endsWith(".swp") || (name.startsWith("#") && name.endsWith("#"));
        return !name.startsWith(".") && !leftover && !VERSION_CONTROL.contains(name);
    }

    private static OpsException refused(Path file, String why) {
        return new OpsException(ErrorCode.INVALID_BUNDLE, file + " " + why);
    }
}
