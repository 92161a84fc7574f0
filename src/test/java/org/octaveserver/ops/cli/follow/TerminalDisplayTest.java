package org.octaveserver.ops.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalDisplayTest {
    private static final int WIDTH = 40;

    private final Screen screen = new Screen(WIDTH);
    private final TerminalDisplay display = new TerminalDisplay(screen.writer(), WIDTH);

    private static JobProgress at(double fraction, String message) {
        return new JobProgress("RUNNING", fraction, message);
    }

    @Test
    void drawsTheBarAnewInItsPlace() {
        display.progress(at(0.25, "a long message about it"));
        display.progress(at(0.5, "half"));
        assertThat(screen.lines()).containsExactly("[######.......]  50 %  half");
    }

    @Test
    void keepsTheBarBelowWhatIsPrinted() {
        display.progress(at(0, ""));
        display.output("one\n");
        display.progress(at(0.5, "half"));
        display.output("two\nthree\n");
        assertThat(screen.lines()).containsExactly("one", "two", "three", "[######.......]  50 %  half");
    }

    @Test
    void goesBackToALineThatIsUnfinished() {
        display.progress(at(0, ""));
        display.output("Comp");
        display.progress(at(0.5, "half"));
        display.output("uting");
        display.output(" ... done\nnext");
        assertThat(screen.lines()).containsExactly("Computing ... done", "next", "[######.......]  50 %  half");
    }

    @Test
    void goesBackToTheLastRowOfALineThatIsLongerThanTheTerminal() {
        display.progress(at(0, ""));
        display.output("x".repeat(WIDTH + 3));
        display.progress(at(0.5, "half"));
        display.output("yy\n");
        assertThat(screen.lines()).containsExactly("x".repeat(WIDTH), "xxxyy", "[######.......]  50 %  half");
    }

    @Test
    void goesOnAfterALineThatFillsTheTerminal() {
        display.progress(at(0, ""));
        display.output("x".repeat(WIDTH));
        display.progress(at(0.5, "half"));
        display.output("yy\n");
        assertThat(screen.lines()).containsExactly("x".repeat(WIDTH), "yy", "[######.......]  50 %  half");
    }

    @Test
    void endsALineThatFillsTheTerminalOnce() {
        display.output("x".repeat(WIDTH));
        display.progress(at(0.5, "half"));
        display.output("");
        display.output("\n\nyy\n");
        display.end();
        assertThat(screen.lines()).containsExactly("x".repeat(WIDTH), "", "yy", "");
    }

    @Test
    void leavesNothingOfTheBarBehind() {
        display.progress(at(0.5, "half"));
        display.output("unfinished");
        display.end();
        display.progress(at(0.6, "too late"));
        display.output("too late");
        display.note("too late");
        display.end();
        assertThat(screen.lines()).containsExactly("unfinished", "");
    }

    @Test
    void aNoteIsALineOfItsOwn() {
        display.progress(at(0.5, "half"));
        display.output("unfinished");
        display.note("the server does not answer");
        assertThat(screen.lines())
                .containsExactly("unfinished", "the server does not answer", "[######.......]  50 %  half");
    }

    @Test
    void doesNotLetTheFunctionControlTheTerminal() {
        display.progress(at(0.5, "\033[2Jgone\r\nhome"));
        display.output("\033[31mred\r");
        assertThat(screen.lines()).containsExactly("\\x1b[31mred\\x0d", "[######.......]  50 %  \\x1b[2Jgone  ...");
    }

    /** Whatever is printed in whatever pieces: without the bars it is what would have been printed at once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverHarmsWhatIsPrinted(long seed) {
        Random random = new Random(seed);
        Screen plain = new Screen(WIDTH);
        PrintWriter expected = plain.writer();
        for (int i = 0; i < 300; i++) {
            String text = (random.nextInt(3) == 0 ? "\n" : "") + "abcd".repeat(random.nextInt(20));
            display.output(text);
            expected.print(text);
            display.progress(at(random.nextDouble(), "m".repeat(random.nextInt(60))));
        }
        display.output("end\n");
        expected.print("end\n");
        display.end();
        assertThat(screen.lines()).isEqualTo(plain.lines());
    }

    @Test
    void sendsNothingWhenNothingIsNew() {
        StringWriter written = new StringWriter();
        TerminalDisplay again = new TerminalDisplay(new PrintWriter(written), WIDTH);
        again.progress(at(0.5, "half"));
        int length = written.toString().length();
        again.progress(at(0.5, "half"));
        assertThat(written.toString()).hasSize(length);
    }
}
