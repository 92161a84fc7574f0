package org.octaveserver.ops.cli.follow;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How many columns text takes in a terminal. */
final class TextWidth {
    private static final int TAB = 8;
    private static final int FIRST_EMOJI = 0x1F300;
    private static final int LAST_EMOJI = 0x1FAFF;
    private static final int FIRST_FULL = 0xFF01;
    private static final int LAST_FULL = 0xFF60;
    private static final Set<UnicodeScript> WIDE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO);

    private TextWidth() {}

    /** The columns of one line. */
    static int of(String line) {
        return after(0, line);
    }

    /** The column after one line that begins at a column; the first is 0. */
    static int after(int column, String line) {
        int end = column;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            int point = line.codePointAt(i);
            end += point == '\t' ? TAB - end % TAB : of(point);
        }
        return end;
    }

    private static int of(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        return WIDE.contains(UnicodeScript.of(point))
                || (point >= FIRST_FULL && point <= LAST_FULL)
                || (point >= FIRST_EMOJI && point <= LAST_EMOJI);
    }

    /** As much of the beginning of one line as has room in some columns, with dots where something is left out. */
    static String fitted(String line, int columns) {
        if (of(line) <= columns) {
            return line;
        }
        String dots = ".".repeat(Math.min(3, Math.max(0, columns)));
        int end = 0;
        int width = 0;
        while (end < line.length() && width <= columns - dots.length()) {
            int point = line.codePointAt(end);
            width += of(point);
            if (width <= columns - dots.length()) {
                end += Character.charCount(point);
            }
        }
        return line.substring(0, end) + dots;
    }
}
