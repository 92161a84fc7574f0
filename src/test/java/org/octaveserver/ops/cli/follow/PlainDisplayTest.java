package org.octaveserver.ops.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {
    private final StringWriter output = new StringWriter();
    private final StringWriter notes = new StringWriter();
    private long now;
    private final PlainDisplay display = new PlainDisplay(new PrintWriter(output), new PrintWriter(notes), () -> now);

    private void after(Duration time) {
        now += time.toNanos();
    }

    private void running(double fraction, String message) {
        display.progress(new JobProgress("RUNNING", fraction, message));
    }

    @Test
    void tellsEveryStateAtOnce() {
        display.progress(new JobProgress("QUEUED", 0, ""));
        display.progress(new JobProgress("CLAIMED", 0, ""));
        running(0.456, "step 4");
        display.progress(new JobProgress("RETURNED", 1, ""));
        assertThat(notes.toString().lines())
                .containsExactly("QUEUED", "CLAIMED", "RUNNING 45 % step 4", "RETURNED 100 %");
    }

    @Test
    void tellsProgressOnceASecondAtMost() {
        running(0, "");
        after(Duration.ofMillis(999));
        running(0.5, "too soon");
        after(Duration.ofMillis(1));
        running(0.6, "now");
        after(Duration.ofSeconds(5));
        running(0.6, "now");
        assertThat(notes.toString().lines()).containsExactly("RUNNING", "RUNNING 60 % now");
    }

    @Test
    void keepsOutputAndNotesApart() {
        display.output("Comp");
        running(0.5, "a\nb");
        display.output("uting\033[2J");
        display.end();
        display.output("too late");
        assertThat(output.toString()).isEqualTo("Computing\\x1b[2J" + System.lineSeparator());
        assertThat(notes.toString().lines()).containsExactly("RUNNING 50 % a b");
    }

    @Test
    void beginsALineForANoteWhereBothGoTheSameWay() {
        PrintWriter both = new PrintWriter(output);
        PlainDisplay same = new PlainDisplay(both, both, () -> 0);
        same.output("unfinished");
        same.note("note");
        same.end();
        assertThat(output.toString().lines()).containsExactly("unfinished", "note");
    }
}
