package org.octaveserver.ops.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * A file in a directory by whose text nodes know whether they have the same directory, wherever it is mounted.
 *
 * @param setting that names the directory
 */
record DirectoryMark(Path directory, String setting) {
    private static final String NAME = ".ops-directory";
    private static final String UNFINISHED = ".new";

    Path file() {
        return directory.resolve(NAME);
    }

    /** Its text, which is not empty, if the directory has one. */
    Optional<String> read() throws IOException {
        try {
            String text = Files.readString(file()).strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty; remove it");
            }
            return Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes it, so that it is there whole or not at all. Another one that was faster stays. */
    void write(String text) throws IOException {
        DurableFiles.ensureDirectory(directory);
        Path unfinished = directory.resolve(NAME + "." + UUID.randomUUID() + UNFINISHED);
        try {
            Files.writeString(unfinished, text + "\n");
            boolean unused = DurableFiles.addFile(unfinished, file());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
