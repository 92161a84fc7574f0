package org.octaveserver.ops.bundle;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The names of the entries of one archive. Each becomes a relative path below the directory that is unpacked to, or is
 * refused: names that lead out of it, that no file system holds alike, or that meet an earlier one. Not for concurrent
 * use.
 */
final class EntryNames {
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final int MAX_PATH_BYTES = 1024;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    /** What decoders put in the place of bytes that are not UTF-8; the library's puts a question mark. */
    private static final Pattern REPLACEMENT = Pattern.compile("[?\uFFFD]");

    private final int maxEntries;
    private final Map<String, Entry> seen = new HashMap<>();
    private int admitted;

    EntryNames(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    private record Entry(String path, boolean directory) {}

    /**
     * Admits an entry.
     *
     * @return the segments of its path; none for the directory that is unpacked to itself
     */
    List<String> admit(String name, boolean directory) {
        refuseForeign(name);
        List<String> segments = segments(name);
        if (segments.isEmpty() && !directory) {
            throw refused(name, "is a file without a name");
        }
        register(name, segments, directory);
        countEntry();
        return segments;
    }

    /** Directories count that are only named in the paths of others, or few entries could make very many. */
    private void countEntry() {
        admitted++;
        if (Math.max(admitted, seen.size()) > maxEntries) {
            throw new OpsException(
                    ErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive has more than the " + maxEntries + " files and directories that are allowed");
        }
    }

    private static void refuseForeign(String name) {
        if (name.startsWith("/")) {
            throw refused(name, "is an absolute path; entries must be relative paths without \"..\"");
        }
        if (name.indexOf('\\') >= 0) {
            throw refused(name, "has a backslash; entries must be separated by \"/\"");
        }
        if (DRIVE.matcher(name).matches()) {
            throw refused(name, "begins with a drive letter; entries must be relative paths without \"..\"");
        }
        if (name.codePoints().anyMatch(EntryNames::isControl)) {
            throw refused(name, "has a control character, which no entry may have");
        }
        if (REPLACEMENT.matcher(name).find()) {
            throw refused(name, "is not UTF-8, or has a question mark; entries must be UTF-8 without one");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw refused(name, "is longer than the " + MAX_PATH_BYTES + " bytes that a path may have");
        }
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    private static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("/", -1)) {
            if (segment.equals("..")) {
                throw refused(name, "leaves the bundle; entries must be relative paths without \"..\"");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
                throw refused(name, "has a name longer than the " + MAX_SEGMENT_BYTES + " bytes that are allowed");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private void register(String name, List<String> segments, boolean directory) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            path.append(i == 0 ? "" : "/").append(segments.get(i));
            boolean last = i == segments.size() - 1;
            Entry entry = new Entry(path.toString(), !last || directory);
            Entry earlier = seen.putIfAbsent(key(entry.path()), entry);
            if (earlier != null) {
                refuseClash(name, entry, earlier);
            }
        }
    }

    private static void refuseClash(String name, Entry entry, Entry earlier) {
        if (!earlier.path().equals(entry.path())) {
            boolean sameForm = normal(earlier.path()).equals(normal(entry.path()));
            throw refused(
                    name,
                    "and " + Quoted.text(earlier.path()) + " differ only in "
                            + (sameForm ? "Unicode normalisation" : "upper and lower case")
                            + ", which some file systems hold for one name; rename one of them");
        }
        if (earlier.directory() != entry.directory()) {
            throw refused(name, "needs " + Quoted.text(entry.path()) + " to be both a file and a directory");
        }
        if (!entry.directory()) {
            throw refused(name, "is in the archive twice");
        }
    }

    /** Equal for names that a file system without regard to case or to normalisation holds for equal. */
    private static String key(String path) {
        return normal(normal(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    private static String normal(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    private static OpsException refused(String name, String why) {
        return new OpsException(ErrorCode.INVALID_ARCHIVE, "entry " + Quoted.text(name) + " " + why);
    }
}
