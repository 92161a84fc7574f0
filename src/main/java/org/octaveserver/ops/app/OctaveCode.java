package org.octaveserver.ops.app;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** Finds the Octave code of workers and of the package, which lies in the WAR under {@code WEB-INF/octave}. */
final class OctaveCode {
    private static final String IN_WAR = "/WEB-INF/octave/";

    private OctaveCode() {}

    /** The directory, copied to the server's own when the container keeps the WAR packed. */
    static Path locate(ServletContext context, OpsHome home) {
        String unpacked = context.getRealPath(IN_WAR);
        if (unpacked != null && Files.isDirectory(Path.of(unpacked))) {
            return Path.of(unpacked);
        }
        Path copy = home.run().resolve("octave");
        try {
            copy(context, IN_WAR, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the Octave code to " + copy, e);
        }
    }

    private static void copy(ServletContext context, String from, Path to) throws IOException {
        Files.createDirectories(to);
        Set<String> paths = context.getResourcePaths(from);
        for (String path : paths == null ? Set.<String>of() : paths) {
            Path target = to.resolve(path.substring(from.length()));
            if (path.endsWith("/")) {
                copy(context, path, target);
            } else {
                try (InputStream resource = context.getResourceAsStream(path)) {
                    Files.copy(resource, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
