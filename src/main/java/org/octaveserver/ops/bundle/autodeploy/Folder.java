package org.octaveserver.ops.bundle.autodeploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
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
     * @param files those that can be looked at
     * @param problems why others cannot
     */
    record Listing(Map<String, FileStamp> files, Map<String, String> problems) {
        boolean has(String name) {
            return files.containsKey(name) || problems.containsKey(name);
        }
    }

    /**
     * Looks what is there.
     *
     * @throws IOException when the folder cannot be read: then nobody knows
     */
    Listing list() throws IOException {
        Listing listing = new Listing(new TreeMap<>(), new TreeMap<>());
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                String name = String.valueOf(path.getFileName());
                if (BUNDLE_FILE.matcher(name).matches()) {
                    look(path, name, listing);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return listing;
    }

    private void look(Path path, String name, Listing into) {
        try {
            if (!path.equals(file(name))) {
                into.problems().put(name, "its name is no text in the encoding of this server");
                return;
            }
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                into.files().put(name, FileStamp.of(attributes));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("file={} has gone since the folder was listed, or is a link that leads nowhere", name, e);
        } catch (IOException | InvalidPathException e) {
            into.problems().put(name, "the file cannot be looked at: " + e);
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
        } catch (IOException | InvalidPathException e) {
            LOG.debug("file={} gets no {} file", name, ERROR, e);
        }
    }

    void deleteError(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + ERROR));
        } catch (IOException | InvalidPathException e) {
            LOG.debug("file={} keeps its {} file", name, ERROR, e);
        }
    }
}
