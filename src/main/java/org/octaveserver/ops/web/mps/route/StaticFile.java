package org.octaveserver.ops.web.mps.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Something below a folder whose content is served: a file, or a directory. It was reached by plain names only: no link
 * leads out of the folder, and nothing hidden is found.
 */
record StaticFile(Path path, boolean directory, long size, Instant modified) {
    private static final String INDEX = "index.html";

    /**
     * Finds it.
     *
     * @param file its path in the folder; empty for the folder itself, with a slash at its end for a directory's index
     */
    static Optional<StaticFile> find(Path folder, String file) {
        Path path = folder;
        // The folder itself is the operator's choice, and may be a link.
        Optional<StaticFile> found = Files.isDirectory(folder)
                ? Optional.of(new StaticFile(folder, true, 0, Instant.EPOCH))
                : Optional.empty();
        boolean indexed = file.isEmpty() || file.endsWith("/");
        for (String segment : (indexed ? file + INDEX : file).split("/", -1)) {
            if (found.isEmpty() || !found.get().directory() || !isPlain(segment)) {
                return Optional.empty();
            }
            try {
                path = path.resolve(segment);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
            found = at(path);
        }
        return found;
    }

    private static boolean isPlain(String segment) {
        return !segment.isEmpty() && !segment.startsWith(".") && segment.indexOf('\\') < 0;
    }

    private static Optional<StaticFile> at(Path path) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isDirectory() || found.isRegularFile()
                    ? Optional.of(new StaticFile(
                            path,
                            found.isDirectory(),
                            found.size(),
                            found.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a part of it. The caller closes. */
    InputStream open(ByteRange range) throws IOException {
        InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        try {
            in.skipNBytes(range.first());
            return BoundedInputStream.builder()
                    .setInputStream(in)
                    .setMaxCount(range.length())
                    .get();
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
