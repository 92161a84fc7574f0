package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecyclingPolicyTest {
    private static final Duration DAY = Duration.ofHours(24);
    private final RecyclingPolicy policy = new RecyclingPolicy(100, DAY, 1000, Duration.ofMinutes(10));

    private static RecyclingPolicy.Wear wear(long calls, Duration age, long resident) {
        return new RecyclingPolicy.Wear(calls, age, DAY, resident);
    }

    @Test
    void keepsWhatIsWithinAllLimits() {
        assertThat(policy.judge(wear(99, DAY.minusNanos(1), 1000))).isEmpty();
    }

    @Test
    void letsGoForEachReason() {
        assertThat(policy.judge(wear(100, Duration.ZERO, 0))).contains(RecycleReason.CALLS);
        assertThat(policy.judge(wear(0, DAY, 0))).contains(RecycleReason.AGE);
        assertThat(policy.judge(wear(0, Duration.ZERO, 1001))).contains(RecycleReason.MEMORY);
    }

    @Test
    void zeroIsNoLimit() {
        RecyclingPolicy none = new RecyclingPolicy(0, Duration.ZERO, 0, Duration.ofMinutes(10));

        assertThat(none.judge(new RecyclingPolicy.Wear(
                        Long.MAX_VALUE, Duration.ofDays(9999), none.lifetime(0.5), Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void whatIsIdleTooLongGoesUnlessItIsToBeThere() {
        RecyclingPolicy.Wear little = wear(1, Duration.ofHours(1), 1);

        assertThat(policy.judgeIdle(little, Duration.ofMinutes(10), false)).contains(RecycleReason.IDLE);
        assertThat(policy.judgeIdle(little, Duration.ofMinutes(10), true)).isEmpty();
        assertThat(policy.judgeIdle(little, Duration.ofMinutes(9), false)).isEmpty();
        assertThat(policy.judgeIdle(wear(1, DAY, 1), Duration.ZERO, true)).contains(RecycleReason.AGE);
    }

    @Test
    void workersThatBeginTogetherDoNotEndTogether() {
        assertThat(policy.lifetime(0)).isEqualTo(DAY.multipliedBy(8).dividedBy(10));
        assertThat(policy.lifetime(1)).isEqualTo(DAY);
        assertThat(policy.lifetime(0.5)).isBetween(policy.lifetime(0.4), policy.lifetime(0.6));
    }

    @Test
    void idleWorkersAreLookedAtSeldom() {
        assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(new RecyclingPolicy(0, Duration.ofSeconds(5), 0, DAY).interval())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(new RecyclingPolicy(0, Duration.ZERO, 0, Duration.ofMillis(100)).interval())
                .isEqualTo(Duration.ofMillis(100));
    }
}
