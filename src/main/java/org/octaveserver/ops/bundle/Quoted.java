package org.octaveserver.ops.bundle;

/** Text from outside, made fit for a message and a log line: quoted, shortened, control characters escaped. */
final class Quoted {
    private static final int SHOWN = 120;

    private Quoted() {}

    static String text(String raw) {
        StringBuilder quoted = new StringBuilder("\"");
        raw.codePoints().limit(SHOWN).forEach(c -> append(quoted, c));
        if (raw.codePointCount(0, raw.length()) > SHOWN) {
            quoted.append("...");
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        int type = Character.getType(c);
        boolean hidden = Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        if (hidden) {
            quoted.append(String.format("\\u%04x", c));
        } else {
            quoted.appendCodePoint(c);
        }
    }
}
