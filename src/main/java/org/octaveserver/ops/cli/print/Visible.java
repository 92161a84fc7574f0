package org.octaveserver.ops.cli.print;

/** Text from elsewhere, made safe for a terminal. */
public final class Visible {
    private Visible() {}

    /**
     * The text with its control characters written as {@code \x1b}: what a function answers must not move the cursor,
     * retitle the window or type for the user. Line ends and tabs stay.
     */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
