package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookoutTest {
    private static final Duration PAUSE = Duration.ofNanos(1);

    @Test
    void looksForAsLongAsThereIsWorkAndAgainWhenItIsWoken() throws Exception {
        AtomicInteger work = new AtomicInteger(3);
        Semaphore looks = new Semaphore(0);
        Semaphore asked = new Semaphore(0);
        Lookout lookout = new Lookout(
                "test",
                PAUSE,
                PAUSE,
                () -> {
                    asked.release();
                    return work.get() > 0;
                },
                () -> {
                    work.decrementAndGet();
                    looks.release();
                });
        lookout.start();
        assertThat(looks.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
        // The fourth time there is none.
        assertThat(asked.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(looks.availablePermits()).isZero();

        work.set(1);
        lookout.wake();
        assertThat(looks.tryAcquire(1, 20, TimeUnit.SECONDS)).isTrue();
        lookout.stop();
        assertThat(work).hasValue(0);
    }

    @Test
    void interruptsALookWhenItStops() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Lookout lookout = new Lookout("test", PAUSE, PAUSE, () -> true, () -> {
            looking.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
        });
        lookout.start();
        assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
        lookout.stop();
        assertThat(interrupted).isTrue();
    }

    @Test
    void aLookThatFailsIsFollowedByAnother() throws Exception {
        Semaphore looks = new Semaphore(0);
        Lookout lookout = new Lookout("test", PAUSE, PAUSE, () -> true, () -> {
            looks.release();
            throw new IllegalStateException("a look that fails");
        });
        lookout.start();
        assertThat(looks.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        lookout.stop();
    }
}
