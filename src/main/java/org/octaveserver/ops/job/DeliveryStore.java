package org.octaveserver.ops.job;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What is to be told to whom. A store of jobs adds it in the same step that changes a job, so that nothing is told that
 * did not happen and nothing that happened is forgotten. As {@link JobStore} in all else.
 */
public interface DeliveryStore {
    /** Takes what is due, for a while: when nothing is heard of it, it is due again. */
    CompletableFuture<List<Delivery>> due(int most, Duration lease);

    /**
     * Something that is to be told.
     *
     * @param number names it
     * @param tries how often it was tried before
     * @param since when it happened: how far a job is, the last time
     * @param body what is sent, in ASCII: of one number always the same, whatever becomes of the job
     */
    record Delivery(long number, JobId job, URI uri, int tries, Instant since, String body) {}

    /** They were not tried yet; to be taken again after some time. */
    CompletableFuture<Void> putOff(List<Delivery> deliveries, Duration wait);

    /** It was told, or will never be. What became newer of it since it was taken is still to be told, by another number. */
    CompletableFuture<Void> done(Delivery delivery);

    /** It was not told; to be tried again after some time. */
    CompletableFuture<Void> postpone(Delivery delivery, Duration wait);
}
