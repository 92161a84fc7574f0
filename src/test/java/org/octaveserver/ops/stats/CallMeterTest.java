package org.octaveserver.ops.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.call.CallListener;

class CallMeterTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final CallMeter meter = new CallMeter(clock::get, new BundleMetrics());

    @Test
    void aCallIsCountedWhereItIs() {
        CallListener.Tracked call = meter.arrived();
        assertThat(meter.counts()).isEqualTo(new CallCounts(1, Duration.ZERO, 0, 0, 0));

        call.started();
        assertThat(meter.counts()).isEqualTo(new CallCounts(0, Duration.ZERO, 1, 0, 0));

        call.ended(true);
        assertThat(meter.counts()).isEqualTo(new CallCounts(0, Duration.ZERO, 0, 1, 0));
    }

    @Test
    void whatWasRefusedGaveUpOrBrokeHasFailed() {
        meter.refused();
        meter.arrived().ended(false);
        CallListener.Tracked broken = meter.arrived();
        broken.started();
        broken.ended(false);

        assertThat(meter.counts()).isEqualTo(new CallCounts(0, Duration.ZERO, 0, 0, 3));
        assertThat(meter.counts().accepted()).isEqualTo(3);
    }

    /** The clock wraps round in the middle. */
    @Test
    void theWaitsOfThoseWhoWaitAreAddedUp() {
        CallListener.Tracked first = meter.arrived();
        clock.addAndGet(10);
        CallListener.Tracked second = meter.arrived();
        clock.addAndGet(5);

        assertThat(meter.counts().waited()).isEqualTo(Duration.ofNanos(20));
        first.started();
        assertThat(meter.counts().waited()).isEqualTo(Duration.ofNanos(5));
        second.ended(false);
        assertThat(meter.counts().waited()).isZero();
    }
}
