package org.octaveserver.ops.bundle.autodeploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The folder on the disk: bundle files, and the {@code .error} files that are put beside those that cannot be deployed.
 *
 * @param directory absolute
 */
record Folder(Path directory) {
    private static final Logger LOG = LogManager.getLogger(Folder.class);
    private static final Pattern BUNDLE_FILE = Pattern.compile("(?i)[^.].*\\.(tar\\.gz|tgz|zip)");
    private static final String ERROR = ".error";

    /**
     * The bundle files that are there, by name; hidden files, directories and all others are left alone.
     *
     * @throws IOException when the folder cannot be read: then nobody knows what is there
     */
    Map<String, FileStamp> files() throws IOException {
        Map<String, FileStamp> files = new TreeMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                String name = String.valueOf(path.getFileName());
                if (BUNDLE_FILE.matcher(name).matches()) {
                    stamp(path).ifPresent(stamp -> files.put(name, stamp));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static Optional<FileStamp> stamp(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(FileStamp.of(attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            // It has gone since the folder was listed.
            return Optional.empty();
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** What a bundle is called whose file names none: the file's name without version and ending. */
    static String bundleName(String file) {
        return file.replaceFirst("(?i)\\.(tar\\.gz|tgz|zip)$", "")
                .replaceFirst("-[0-9]+(\\.[0-9]+)*([-+][0-9A-Za-z.+-]*)?$", "");
    }

    /** Says beside the file why it is not deployed. Where the folder cannot be written, log and status say it alone. */
    void writeError(String name, String problem) {
        try {
            Files.writeString(directory.resolve(name + ERROR), problem + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.debug("file={} gets no {} file", name, ERROR, e);
        }
    }

    void deleteError(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + ERROR));
        } catch (IOException e) {
            LOG.debug("file={} keeps its {} file", name, ERROR, e);
        }
    }
}
