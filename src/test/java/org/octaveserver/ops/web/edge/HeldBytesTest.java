package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.OpsException;

class HeldBytesTest {
    private final HeldBytes held = new HeldBytes(100);

    @Test
    void refusesWhatIsTooMuchTogether() {
        HeldBytes.Share first = held.share();
        HeldBytes.Share second = held.share();
        first.take(60);

        assertThatThrownBy(() -> second.take(41))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("take 101 bytes; 100 are allowed (setting ops.http.max-held");
    }

    @Test
    void takesOneThatIsLargerAlone() {
        assertThatCode(() -> held.share().take(1000)).doesNotThrowAnyException();
    }

    @Test
    void givesBackAllOfARequestOnce() {
        HeldBytes.Share first = held.share();
        first.take(50);
        first.take(50);
        first.close();
        first.close();
        HeldBytes.Share second = held.share();
        second.take(100);

        assertThatThrownBy(() -> held.share().take(1)).hasMessageContaining("take 101 bytes");
    }

    private void assertNothingIsHeld() {
        try (HeldBytes.Share all = held.share();
                HeldBytes.Share more = held.share()) {
            all.take(100);
            assertThatThrownBy(() -> more.take(1)).hasMessageContaining("take 101 bytes");
        }
    }

    @Test
    void countsNothingForARequestThatAnotherThreadHasEnded() throws Exception {
        HeldBytes.Share share = held.share();
        share.take(10);
        Thread watchdog = new Thread(share::close);
        watchdog.start();
        watchdog.join();
        share.take(20);
        assertNothingIsHeld();
        share.close();
        assertNothingIsHeld();
    }

    @Test
    void countsNothingHoweverTakingAndClosingMeet() throws Exception {
        int rounds = 2000;
        CyclicBarrier together = new CyclicBarrier(2);
        HeldBytes.Share[] shares = new HeldBytes.Share[rounds];
        Arrays.setAll(shares, i -> held.share());
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            for (HeldBytes.Share share : shares) {
                await(together);
                share.close();
            }
        });
        for (HeldBytes.Share share : shares) {
            await(together);
            share.take(7);
        }
        closing.get(30, TimeUnit.SECONDS);
        assertNothingIsHeld();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            int unused = barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
