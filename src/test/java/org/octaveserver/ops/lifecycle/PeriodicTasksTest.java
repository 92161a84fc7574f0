package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeriodicTasksTest {
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final long LIMIT_SECONDS = 10;

    private final PeriodicTasks tasks = new PeriodicTasks("test");

    @AfterEach
    void stop() {
        tasks.stop();
    }

    @Test
    void goesOnAfterAFailure() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        tasks.repeat(Duration.ZERO, PAUSE, () -> {
            runs.countDown();
            throw new IllegalStateException("this time");
        });
        assertThat(runs.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsOneTaskAtATime() throws InterruptedException {
        AtomicBoolean running = new AtomicBoolean();
        AtomicBoolean together = new AtomicBoolean();
        CountDownLatch runs = new CountDownLatch(20);
        Runnable task = () -> {
            together.compareAndSet(false, running.getAndSet(true));
            Thread.onSpinWait();
            running.set(false);
            runs.countDown();
        };
        tasks.repeat(Duration.ZERO, PAUSE, task);
        tasks.repeat(Duration.ZERO, PAUSE, task);
        assertThat(runs.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(together).isFalse();
    }

    @Test
    void interruptsAndAwaitsWhatRunsWhenItStops() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        tasks.repeat(Duration.ZERO, PAUSE, () -> {
            begun.countDown();
            try {
                TimeUnit.SECONDS.sleep(LIMIT_SECONDS);
            } catch (InterruptedException e) {
                ended.set(true);
            }
        });
        assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        tasks.stop();
        assertThat(ended).isTrue();
    }
}
