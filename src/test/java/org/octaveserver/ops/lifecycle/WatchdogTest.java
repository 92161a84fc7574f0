package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final Watchdog watchdog = new Watchdog();
    private final CountDownLatch barked = new CountDownLatch(1);

    @AfterEach
    void stop() {
        watchdog.stop();
    }

    private boolean barks() throws InterruptedException {
        return barked.await(5, TimeUnit.SECONDS);
    }

    @Test
    void actsWhenTheDeadlinePasses() throws InterruptedException {
        watchdog.watch(Deadline.after(Duration.ofMillis(5)), barked::countDown);

        assertThat(barks()).isTrue();
    }

    @Test
    void actsAtOnceWhenTheDeadlineHasPassedAlready() throws InterruptedException {
        watchdog.watch(Deadline.after(Duration.ofDays(-1)), barked::countDown);

        assertThat(barks()).isTrue();
    }

    @Test
    void doesNothingOnceItWasCalledOff() throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        Watchdog.Watch watch = watchdog.watch(Deadline.after(Duration.ofMillis(30)), wrong::incrementAndGet);

        assertThat(watch.close()).isTrue();
        watchdog.watch(Deadline.after(Duration.ofMillis(60)), barked::countDown);

        assertThat(barks()).isTrue();
        assertThat(wrong).hasValue(0);
    }

    @Test
    void closingSaysWhetherTheActionHasBegun() throws InterruptedException {
        CountDownLatch finish = new CountDownLatch(1);
        Watchdog.Watch watch = watchdog.watch(Deadline.after(Duration.ZERO), () -> {
            barked.countDown();
            awaitQuietly(finish);
        });
        assertThat(barks()).isTrue();

        assertThat(watch.close()).as("while it acts").isFalse();
        finish.countDown();
        assertThat(watch.close()).as("afterwards").isFalse();
    }

    @Test
    void onlyTheFirstCloseCallsItOff() {
        Watchdog.Watch watch = watchdog.watch(Deadline.after(Duration.ofHours(1)), barked::countDown);

        assertThat(watch.close()).isTrue();
        assertThat(watch.close()).isFalse();
    }

    /** Either it acts or it was called off; in a thousand races at the very deadline never both and never neither. */
    @Test
    void ofActingAndClosingExactlyOneHappens() {
        for (int round = 0; round < 1000; round++) {
            AtomicInteger acted = new AtomicInteger();
            Watchdog.Watch watch =
                    watchdog.watch(Deadline.after(Duration.ofNanos(round * 100L)), acted::incrementAndGet);
            int calledOff = watch.close() ? 1 : 0;

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .untilAtomic(acted, org.hamcrest.Matchers.is(1 - calledOff));
        }
    }

    @Test
    void aSlowActionDoesNotDelayTheNext() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            watchdog.watch(Deadline.after(Duration.ZERO), () -> awaitQuietly(never));
        }

        watchdog.watch(Deadline.after(Duration.ofMillis(5)), barked::countDown);

        assertThat(barks()).isTrue();
        never.countDown();
    }

    @Test
    void anActionThatThrowsDoesNotEndIt() throws InterruptedException {
        watchdog.watch(Deadline.after(Duration.ZERO), () -> {
            throw new IllegalStateException("on purpose");
        });

        watchdog.watch(Deadline.after(Duration.ofMillis(10)), barked::countDown);

        assertThat(barks()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean unused = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
