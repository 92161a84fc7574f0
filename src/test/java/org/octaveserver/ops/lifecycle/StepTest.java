package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
    private final List<Throwable> failures = new ArrayList<>();

    private static int depth(int left) {
        return left == 0 ? 0 : depth(left - 1) + 1;
    }

    @Test
    void tellsWhateverIsThrown() {
        IOException exception = new IOException("e");
        Step.take(
                () -> {
                    throw exception;
                },
                failures::add);
        Step.take(() -> assertThat(depth(Integer.MAX_VALUE)).isZero(), failures::add);

        assertThat(failures).hasSize(2).startsWith(exception).last().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void isTakenOnThisThreadAndTellsNothingWhenAllIsWell() {
        List<Thread> threads = new ArrayList<>();
        Step.take(() -> threads.add(Thread.currentThread()), failures::add);

        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(failures).isEmpty();
    }
}
