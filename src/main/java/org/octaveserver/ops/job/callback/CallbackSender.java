package org.octaveserver.ops.job.callback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.job.DeliveryStore;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.lifecycle.WorkThreads;

/**
 * Sends the callbacks that the store has noted, until a receiver has answered each with 2xx (or 410: never again), or it has
 * been tried for long enough. One may be sent twice, when this server dies after sending it. Thread-safe.
 */
public final class CallbackSender implements Managed {
    private static final Logger LOG = LogManager.getLogger(CallbackSender.class);
    private static final int SENDERS = 8;
    private static final int SENDERS_TO_A_HOST = 2;
    /** Enough for fast receivers until the next look; what slow ones leave is put off. */
    private static final int AT_HAND = 100;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;
    private static final int GONE = 410;
    private static final int OK_CLASS = 2;
    private static final int CLASS = 100;

    private final DeliveryStore deliveries;
    private final CallbackSettings settings;
    private final CallbackClient client;
    private final InstantSource clock;
    private final Outgoing outgoing = new Outgoing(SENDERS, SENDERS_TO_A_HOST);
    private final PeriodicTasks looks = new PeriodicTasks("callbacks");
    private final WorkThreads senders = new WorkThreads("callback", SENDERS);

    /** A sender that has not begun. */
    public CallbackSender(
            DeliveryStore deliveries,
            CallbackSettings settings,
            CallbackSignature signature,
            InstantSource clock,
            Watchdog watchdog) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
        this.client = new CallbackClient(Destinations.of(settings), signature, settings.timeout(), clock, watchdog);
    }

    @Override
    public void start() {
        looks.repeat(LOOK, LOOK, this::look);
    }

    private void look() {
        List<Delivery> late = outgoing.takeBack();
        if (!late.isEmpty()) {
            // Behind those that others wait for.
            var unused = deliveries.putOff(late, LOOK);
        }
        if (!outgoing.hasRoom()) {
            return;
        }
        // A try begins before the next look, and takes its time limit at most; then it is another's turn.
        Duration lease = settings.timeout().multipliedBy(2).plus(LOOK.multipliedBy(2));
        var unused = deliveries.due(AT_HAND, lease).thenAccept(due -> {
            outgoing.add(due);
            begin();
        });
    }

    private void begin() {
        for (Optional<Delivery> next = outgoing.next(); next.isPresent(); next = outgoing.next()) {
            Delivery one = next.get();
            senders.execute(() -> attempt(one));
        }
    }

    private void attempt(Delivery delivery) {
        Step.take(
                () -> {
                    try {
                        send(delivery);
                    } finally {
                        outgoing.ended(delivery);
                    }
                },
                failure -> LOG.error("callback={} job={} failed here", delivery.number(), delivery.job(), failure));
        begin();
    }

    private void send(Delivery delivery) {
        String id = delivery.job() + "-" + delivery.number();
        try {
            int status = client.send(delivery.uri(), id, delivery.body().getBytes(StandardCharsets.US_ASCII));
            if (status / CLASS == OK_CLASS || status == GONE) {
                LOG.debug("callback={} job={} answered with {}", delivery.number(), delivery.job(), status);
                done(delivery);
            } else {
                failed(delivery, "it answered " + status);
            }
        } catch (IOException | RuntimeException e) {
            failed(delivery, String.valueOf(e.getMessage()));
        }
    }

    private void failed(Delivery delivery, String why) {
        Duration pause = pause(delivery.tries());
        Instant next = clock.instant().plus(pause);
        if (next.isAfter(delivery.since().plus(settings.giveUpAfter()))) {
            LOG.warn(
                    "callback of job={} to host={} is given up after {} tries: {}",
                    delivery.job(),
                    delivery.uri().getHost(),
                    delivery.tries() + 1,
                    why);
            done(delivery);
        } else {
            LOG.info(
                    "callback of job={} to host={} is tried again in {}: {}",
                    delivery.job(),
                    delivery.uri().getHost(),
                    pause,
                    why);
            var unused = deliveries.postpone(delivery, pause);
        }
    }

    /** Doubles each time, up to an hour, and differs by half of it: not all that a receiver missed comes at once. */
    private Duration pause(int tries) {
        long doubled = settings.firstPause().toMillis() << Math.min(tries, MOST_DOUBLINGS);
        long most = Math.min(doubled, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    private void done(Delivery delivery) {
        var unused = deliveries.done(delivery);
    }

    @Override
    public void stop() {
        looks.stop();
        List<Delivery> unusedLeft = outgoing.takeBack();
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("the client of callbacks is closed badly", e);
        }
        senders.stop();
    }
}
