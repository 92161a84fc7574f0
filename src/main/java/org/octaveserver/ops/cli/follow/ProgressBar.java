package org.octaveserver.ops.cli.follow;

import org.octaveserver.ops.cli.print.Visible;

/** Draws how far a job is in one line. */
final class ProgressBar {
    private static final int NARROW = 30;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 40;

    private ProgressBar() {}

    /**
     * The line, shorter than the terminal is wide, so that the cursor stays in it.
     *
     * @param columns of the terminal
     */
    static String line(JobProgress progress, int columns) {
        String percent = String.format("%3d %%", progress.percent());
        String start = columns < NARROW ? percent : bar(progress, barLength(columns)) + " " + percent;
        // A tab would make the line longer than it is counted; the message is one line, whatever it has in it.
        String words = Visible.text(progress.words().replaceAll("\\s", " "));
        return TextWidth.fitted(start + "  " + words, columns - 1);
    }

    private static int barLength(int columns) {
        return Math.max(SHORTEST, Math.min(LONGEST, columns / 3));
    }

    private static String bar(JobProgress progress, int length) {
        int done = (int) Math.floor(Math.max(0, Math.min(1, progress.fraction())) * length);
        return "[" + "#".repeat(done) + ".".repeat(length - done) + "]";
    }
}
