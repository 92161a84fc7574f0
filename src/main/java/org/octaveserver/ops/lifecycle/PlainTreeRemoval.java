package org.octaveserver.ops.lifecycle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The removal of trees where the system cannot reach files relative to open directories: by path, without following links. */
final class PlainTreeRemoval extends SimpleFileVisitor<Path> {
    private int failures;
    private @Nullable IOException first;

    private PlainTreeRemoval() {}

    /** As {@link TreeRemoval#remove}. */
    static void remove(Path tree) throws IOException {
        PlainTreeRemoval removal = new PlainTreeRemoval();
        Path unused = Files.walkFileTree(tree, removal);
        if (removal.first != null) {
            throw new IOException(
                    removal.failures + " entries of " + tree + " could not be removed, the first because of "
                            + removal.first,
                    removal.first);
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        return delete(file);
    }

    /** A directory that cannot be listed may be empty. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : delete(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
        return delete(directory);
    }

    private FileVisitResult delete(Path path) {
        try {
            boolean unused = Files.deleteIfExists(path);
        } catch (IOException e) {
            failures++;
            if (first == null) {
                first = e;
            }
        }
        return FileVisitResult.CONTINUE;
    }
}
