package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.Touched;

/** What callers are told when a change is made again, or cannot be. */
class WriterTest {
    private static final int BUSY = 5;

    @TempDir
    Path directory;

    private Database database;
    private Writer writer;

    @BeforeEach
    void start() {
        Outages outages = new Outages(System::nanoTime, Duration.ofSeconds(30));
        database = new Database(
                new Sqlite(directory.resolve("jobs.db"), InstantSource.system(), System::nanoTime), outages);
        database.start();
        writer = new Writer(database, outages, InstantSource.system());
        writer.start();
    }

    @AfterEach
    void stop() {
        writer.stop();
        database.stop();
    }

    private JobId submit() {
        return OnStores.get(writer.write(new Submitting(Orders.order().build(), OnStores.LIMITS)))
                .job()
                .id();
    }

    private static OwnChange cancelling(JobId id) {
        return new OwnChange(JobState.CANCELLED, work -> new Ends(work).cancel(id, OnStores.CALLED_OFF));
    }

    private static OwnChange deleting(JobId id) {
        return new OwnChange(JobState.DELETED, work -> new Ends(work).delete(id));
    }

    @Test
    void knowsTheWorkOfAChangeThatIsMadeAgain() {
        JobId id = submit();
        for (OwnChange change : new OwnChange[] {cancelling(id), deleting(id)}) {
            Touched first = OnStores.get(writer.write(change));
            assertThat(first.changed()).isTrue();
            assertThat(OnStores.get(writer.write(change))).isEqualTo(first);
        }
    }

    @Test
    void takesNoWorkOfOthersForThatOfAChange() {
        JobId id = submit();
        OwnChange late = cancelling(id);
        assertThat(OnStores.get(writer.write(cancelling(id))).changed()).isTrue();
        assertThat(OnStores.get(writer.write(late)).changed()).isFalse();
        OwnChange undone = deleting(id);
        assertThat(OnStores.get(writer.write(undone)).changed()).isTrue();
        OnStores.get(writer.write(work -> work.handle().execute("update job set sequence = " + work.next())));
        assertThat(OnStores.get(writer.write(undone)).changed()).isFalse();
    }

    @Test
    void refusesWhatItHasInHandWhenItIsInterrupted() {
        CompletableFuture<Object> inHand = writer.write(work -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(new SQLException("locked", "", BUSY));
        });
        assertThat(OnStores.refusal(inHand)).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }
}
