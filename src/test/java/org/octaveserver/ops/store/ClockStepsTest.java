package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private static final long SECOND = 1_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ClockSteps steps =
            new ClockSteps(nanos::get, Duration.ofSeconds(10).toNanos());
    private long database = 1_000_000;

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        database += seconds * SECOND;
    }

    private long look() {
        return steps.look(steps.nanos(), database);
    }

    private long lookAndCommit() {
        long step = look();
        steps.committed();
        return step;
    }

    @Test
    void seesNoneWhereBothClocksGoOn() {
        for (int i = 0; i < 100; i++) {
            assertThat(lookAndCommit()).isZero();
            pass(1000);
            database += 9 * SECOND * (i % 2 == 0 ? 1 : -1);
        }
    }

    @Test
    void seesAStepUntilSomethingIsCommitted() {
        lookAndCommit();
        pass(5);
        database += 60 * SECOND;
        assertThat(look()).isEqualTo(60 * SECOND);
        pass(1);
        assertThat(lookAndCommit()).isEqualTo(60 * SECOND);
        pass(1);
        assertThat(lookAndCommit()).isZero();
        database -= 60 * SECOND;
        assertThat(look()).isEqualTo(-60 * SECOND);
        assertThat(lookAndCommit()).isEqualTo(-60 * SECOND);
        assertThat(lookAndCommit()).isZero();
    }

    @Test
    void takesAnAnswerThatWasLateForNone() {
        lookAndCommit();
        long before = steps.nanos();
        long early = database;
        pass(30);
        assertThat(steps.look(before, early)).as("it was said before the wait").isZero();
        assertThat(steps.look(before, database)).as("it was said after it").isZero();
        steps.committed();
        pass(5);
        assertThat(lookAndCommit()).isZero();
    }
}
