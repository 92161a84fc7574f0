package org.octaveserver.ops.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a build printed.
 *
 * @param text all that was kept of it
 */
record BuildLog(String text) {
    /** Of the end that an answer quotes, in characters: some screens. */
    private static final int QUOTED = 6000;

    private static final int MOST_ERRORS = 10;

    /** GCC and Clang for C and C++, their linkers, and make. */
    private static final Pattern IN_ONE_LINE = Pattern.compile(
            "(?m)^(?<file>[^\\s:][^:\\n]*):(?<line>[0-9]+)(?::[0-9]+)?: "
                    + "(?:(?:fatal )?error: |\\*\\*\\* )?+(?<message>(?<=rror: |\\*\\*\\* ).*|undefined reference .*)$");

    /** GCC for Fortran quotes the line before it says what is wrong there. */
    private static final Pattern FORTRAN = Pattern.compile("(?m)^(?<file>[^\\s:][^:\\n]*):(?<line>[0-9]+):[0-9]+:\\n"
            + "(?:(?!Error|Fatal).*\\n){1,6}(?:Fatal )?Error: (?<message>.*)$");

    /**
     * What compilers complained about: {@code src/f.cc:12: what is wrong}, a line each.
     *
     * @param source the package's files as they were built
     */
    List<String> errors(Path source) {
        List<String> errors = new ArrayList<>();
        for (Pattern pattern : List.of(IN_ONE_LINE, FORTRAN)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find() && errors.size() < MOST_ERRORS) {
                String file = inBundle(source, matcher.group("file"));
                errors.add(file + ":" + matcher.group("line") + ": " + matcher.group("message"));
            }
        }
        return errors.stream().distinct().toList();
    }

    /** Compilers name a file as make named it to them: mostly relative to src, where pkg starts make. */
    private static String inBundle(Path source, String file) {
        Path src = source.resolve(BundleTree.SRC);
        try {
            Path path = src.resolve(file).normalize();
            return path.startsWith(source) && Files.exists(path)
                    ? source.relativize(path).toString().replace('\\', '/')
                    : file;
        } catch (java.nio.file.InvalidPathException e) {
            return file;
        }
    }

    /** Whether not the package is at fault: what a build prints in the C locale, in which workers run. */
    static boolean tellsOfAFullDisk(String text) {
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }

    /** The end of it, from the beginning of a line. */
    String end() {
        String whole = text.strip();
        if (whole.length() <= QUOTED) {
            return whole;
        }
        int from = whole.indexOf('\n', whole.length() - QUOTED);
        return "...\n" + whole.substring(from < 0 ? whole.length() - QUOTED : from + 1);
    }
}
