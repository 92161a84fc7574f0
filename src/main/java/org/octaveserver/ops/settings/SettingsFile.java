package org.octaveserver.ops.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads a file of settings: Java's properties format, in UTF-8. */
final class SettingsFile {
    private SettingsFile() {}

    /**
     * The names and texts in a file; none when there is no such file.
     *
     * @param problems gets what is wrong when the file cannot be read
     */
    static Map<String, String> read(Path file, List<String> problems) {
        // A link that leads nowhere is a mistake, not an absent file.
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            problems.add("cannot read " + file + ": " + reason(e));
        } catch (IllegalArgumentException e) {
            problems.add("cannot read " + file + ": \\u is not followed by four hexadecimal digits"
                    + " (a backslash itself is written \\\\)");
        }
        Map<String, String> read = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name, "")));
        return read;
    }

    private static String reason(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (e instanceof AccessDeniedException) {
            return "this process may not";
        }
        if (e instanceof NoSuchFileException) {
            return "it is a link to a file that does not exist";
        }
        return String.valueOf(e.getMessage());
    }
}
