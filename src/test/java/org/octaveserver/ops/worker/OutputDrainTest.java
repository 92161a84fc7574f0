package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputDrainTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LIMIT = 100;

    private final Pipe printed = new Pipe();
    private final OutputDrain drain = new OutputDrain(printed, new KeptOutput(LIMIT, 0), new Random(1));
    private final Thread thread = new Thread(drain, "drain-under-test");

    OutputDrainTest() {
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void endsWithItsStream() throws InterruptedException {
        printed.end();
        thread.join(SOON.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private void print(String text) {
        printed.put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Prints, and waits until the drain has read it, so that the next print is a chunk of its own. */
    private void printChunk(String text) {
        print(text);
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> printed.available() == 0 && waits());
    }

    private boolean waits() {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void keepsWhatComesBeforeTheMark() {
        String mark = drain.begin();

        print("hello\n" + mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("hello\n");
    }

    @Test
    void everyRequestHasItsOwnMark() {
        assertThat(drain.begin()).isNotEqualTo(drain.begin()).hasSize(33).startsWith("\u001e");
    }

    @Test
    void findsAMarkThatIsSplitAnywhere() {
        for (int split = 0; split <= 33; split++) {
            String mark = drain.begin();

            printChunk("text" + mark.substring(0, split));
            print(mark.substring(split));

            assertThat(drain.awaitWhole(SOON)).as("split at %d", split).isTrue();
            assertThat(drain.kept()).isEqualTo("text");
        }
    }

    @Test
    void findsAMarkThatComesByteByByte() {
        String mark = drain.begin();

        for (char c : ("ab" + mark).toCharArray()) {
            printChunk(Character.toString(c));
        }

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("ab");
    }

    @Test
    void whatHasComeIsSeenBeforeTheMarkDoes() {
        String mark = drain.begin();

        printChunk("ab\u001ec");
        assertThat(drain.kept()).isEqualTo("ab\u001ec");
        printChunk("d" + mark.substring(0, 5));
        assertThat(drain.kept()).isEqualTo("ab\u001ecd");
        print("e" + mark);
        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("ab\u001ecd" + mark.substring(0, 5) + "e");
    }

    @Test
    void whatOnlyBeginsLikeTheMarkIsOutput() {
        String mark = drain.begin();
        String almost = mark.substring(0, 20);

        printChunk("\u001e\u001e" + almost);
        print(almost + "\u001e" + mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("\u001e\u001e" + almost + almost + "\u001e");
    }

    @Test
    void theMarkOfAnotherRequestIsOutput() {
        String old = drain.begin();
        String mark = drain.begin();

        print(old + mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo(old);
    }

    @Test
    void keepsNoMoreThanItsLimitAndStillFindsTheMark() {
        String mark = drain.begin();

        print("x".repeat(LIMIT - 1));
        print("yz".repeat(20_000));
        print(mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept())
                .isEqualTo("x".repeat(LIMIT - 1) + "y\n"
                        + "... what follows was not kept (setting ops.worker.max-output) ...\n");
    }

    @Test
    void aCharacterIsTakenWhole() {
        String mark = drain.begin();
        byte[] text = "a\u00e4\u20ac\ud83d\ude00b".getBytes(StandardCharsets.UTF_8);
        StringBuilder told = new StringBuilder();
        for (byte one : text) {
            printed.put(new byte[] {one});
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> printed.available() == 0 && waits());
            String now = drain.kept();
            assertThat(now).startsWith(told);
            told.replace(0, told.length(), now);
        }
        print(mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("a\u00e4\u20ac\ud83d\ude00b");
    }

    @Test
    void whatComesBetweenRequestsBelongsToNobody() {
        print(drain.begin());
        assertThat(drain.awaitWhole(SOON)).isTrue();

        printChunk("stray");
        String next = drain.begin();
        print("mine" + next);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("mine");
    }

    @Test
    void whatComesBehindTheMarkBelongsToNobody() {
        print("mine" + drain.begin() + "stray");

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("mine");
    }

    @Test
    void theEndOfTheStreamEndsTheRequestAndKeepsItsLastBytes() {
        String mark = drain.begin();
        print("last words" + mark.substring(0, 10));
        printed.end();

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("last words" + mark.substring(0, 10));
    }

    @Test
    void afterTheEndOfTheStreamNobodyWaits() {
        printed.end();
        drain.begin();

        assertThat(drain.awaitWhole(SOON)).isTrue();
    }

    @Test
    void givesUpWaitingForTheMark() {
        drain.begin();
        print("no mark");

        assertThat(drain.awaitWhole(Duration.ofMillis(20))).isFalse();
        assertThat(drain.awaitWhole(Duration.ZERO)).isFalse();
    }

    @Test
    void anInterruptedWaitKeepsTheFlag() {
        drain.begin();
        Thread.currentThread().interrupt();

        assertThat(drain.awaitWhole(SOON)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void bytesThatAreNoUtf8ReadAsReplacements() {
        String mark = drain.begin();
        printed.put(new byte[] {'a', (byte) 0xff, 'b'});
        print(mark);

        assertThat(drain.awaitWhole(SOON)).isTrue();
        assertThat(drain.kept()).isEqualTo("a\ufffdb");
    }
}
