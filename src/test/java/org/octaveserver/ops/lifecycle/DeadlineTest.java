package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void isAheadUntilItPasses() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));

        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.allowed()).isEqualTo(Duration.ofHours(1));
        assertThat(deadline.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(deadline.remainingNanos())
                .isLessThanOrEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void nothingRemainsOnceItHasPassed() {
        for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-5)}) {
            Deadline deadline = Deadline.after(none);

            assertThat(deadline.passed()).isTrue();
            assertThat(deadline.remaining()).isZero();
            assertThat(deadline.remainingNanos()).isNotPositive();
        }
    }

    @Test
    void aTimeLongerThanTheClockCountsIsAsGoodAsNever() {
        Deadline deadline = Deadline.after(Duration.ofDays(999_999_999));

        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.remaining()).isGreaterThan(Duration.ofDays(30_000));
        assertThat(deadline.allowed()).isEqualTo(Duration.ofDays(999_999_999));
    }

    @Test
    void survivesTheWrapOfTheClock() {
        Deadline wrapped = new Deadline(Duration.ofSeconds(1), System.nanoTime() + Long.MAX_VALUE);

        assertThat(wrapped.passed()).isFalse();
    }
}
