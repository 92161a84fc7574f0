package org.octaveserver.ops.cli.follow;

import java.io.PrintWriter;
import org.octaveserver.ops.cli.print.Visible;

/**
 * In a terminal: what the function prints, and below it a progress bar which is drawn anew in its place. Where the function
 * leaves a line unfinished, the bar is in the line below, and the cursor goes back when the rest of the line comes.
 */
public final class TerminalDisplay implements JobDisplay {
    private static final String CLEAR = "\r\033[K";
    private static final String UP = "\033[A";

    private final PrintWriter out;
    private final int columns;
    private String bar = "";
    private String shown = "";
    private boolean over;
    /** Where the next text goes; after the last column of a row that is full. */
    private int column;

    /** Whether the bar has begun the row after a full one, so that the end of that line is there already. */
    private boolean ended;

    /** @param columns of the terminal */
    public TerminalDisplay(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public synchronized void output(String text) {
        if (!over) {
            erase();
            print(Visible.text(text));
            draw();
        }
    }

    @Override
    public synchronized void progress(JobProgress progress) {
        bar = ProgressBar.line(progress, columns);
        if (!over && !bar.equals(shown)) {
            erase();
            draw();
        }
    }

    @Override
    public synchronized void note(String line) {
        if (!over) {
            erase();
            finishLine();
            print(Visible.text(line) + "\n");
            draw();
        }
    }

    @Override
    public synchronized void end() {
        if (!over) {
            erase();
            finishLine();
            out.flush();
            over = true;
        }
    }

    private void finishLine() {
        if (column > 0) {
            print("\n");
        }
    }

    private void print(String all) {
        String text = ended && all.startsWith("\n") ? all.substring(1) : all;
        ended = ended && all.isEmpty();
        out.print(text);
        int line = text.lastIndexOf('\n') + 1;
        int end = TextWidth.after(line > 0 ? 0 : column, text.substring(line));
        column = end == 0 ? 0 : (end - 1) % columns + 1;
    }

    private void erase() {
        if (!shown.isEmpty()) {
            out.print(CLEAR);
            if (column == columns) {
                column = 0;
                ended = true;
            } else if (column > 0) {
                out.print(UP + "\033[" + (column + 1) + "G");
            }
            shown = "";
        }
    }

    private void draw() {
        if (!bar.isEmpty()) {
            out.print(column > 0 ? "\n" + bar : bar);
            shown = bar;
        }
        out.flush();
    }
}
