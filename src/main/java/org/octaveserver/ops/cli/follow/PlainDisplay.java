package org.octaveserver.ops.cli.follow;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.octaveserver.ops.cli.print.Visible;

/**
 * Where no terminal is: what the function prints, as it comes, and lines that say how far it is, at most one a second unless the
 * state changes.
 */
public final class PlainDisplay implements JobDisplay {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final PrintWriter output;
    private final PrintWriter notes;
    private final LongSupplier nanos;
    private String state = "";
    private String last = "";
    private long since;
    private boolean unfinished;
    private boolean over;

    /**
     * A display.
     *
     * @param output for what the function prints
     * @param notes for the lines; may be the same
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public PlainDisplay(PrintWriter output, PrintWriter notes, LongSupplier nanos) {
        this.output = output;
        this.notes = notes;
        this.nanos = nanos;
    }

    @Override
    public synchronized void output(String text) {
        if (!over && !text.isEmpty()) {
            output.print(Visible.text(text));
            output.flush();
            unfinished = !text.endsWith("\n");
        }
    }

    @Override
    public synchronized void progress(JobProgress progress) {
        String line = line(progress);
        long now = nanos.getAsLong();
        boolean moved = !progress.state().equals(state);
        if (!line.equals(last) && (moved || now - since >= PAUSE)) {
            state = progress.state();
            last = line;
            since = now;
            note(line);
        }
    }

    private static String line(JobProgress progress) {
        boolean tells = progress.fraction() > 0 || !progress.message().isEmpty();
        String words = progress.message().replaceAll("\\s", " ");
        return tells ? (progress.state() + " " + progress.percent() + " % " + words).stripTrailing() : progress.state();
    }

    @Override
    public synchronized void note(String line) {
        if (!over) {
            if (output == notes) {
                finishLine();
            }
            notes.println(Visible.text(line));
            notes.flush();
        }
    }

    @Override
    public synchronized void end() {
        finishLine();
        over = true;
    }

    private void finishLine() {
        if (unfinished) {
            output.println();
            output.flush();
            unfinished = false;
        }
    }
}
