package org.octaveserver.ops.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.job.DeliveryStore;

/** The port of what is to be told. */
final class SqlDeliveryStore implements DeliveryStore {
    private final Writer writer;

    SqlDeliveryStore(Writer writer) {
        this.writer = writer;
    }

    @Override
    public CompletableFuture<List<Delivery>> due(int most, Duration lease) {
        return writer.write(work -> new DeliveryRows(work).due(most, lease));
    }

    @Override
    public CompletableFuture<Void> done(Delivery delivery) {
        return writer.write(work -> {
                    new DeliveryRows(work).remove(delivery);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Void> putOff(List<Delivery> deliveries, Duration wait) {
        List<Delivery> now = List.copyOf(deliveries);
        return writer.write(work -> {
                    new DeliveryRows(work).putOff(now, wait);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Void> postpone(Delivery delivery, Duration wait) {
        return writer.write(work -> {
                    new DeliveryRows(work).postpone(delivery, wait);
                    return true;
                })
                .thenAccept(done -> {});
    }
}
