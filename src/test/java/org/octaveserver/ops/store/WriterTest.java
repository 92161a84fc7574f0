package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** A change that asks for a remedy when nobody can tell whether it was made. */
    private static Change<Boolean> doubtful(Change<?> remedy) {
        return new Change<>() {
            @Override
            public Boolean make(Work work) {
                return true;
            }

            @Override
            public Optional<Change<?>> whenInDoubt(Boolean outcome) {
                return Optional.of(remedy);
            }
        };
    }

    /** A change that breaks its transaction once, after the others of it were made. */
    private static Change<Boolean> breaking() {
        AtomicBoolean broken = new AtomicBoolean();
        return work -> {
            if (broken.compareAndSet(false, true)) {
                throw new IllegalStateException(new SQLException("locked", "", BUSY));
            }
            return true;
        };
    }

    private static void awaitBegun(CountDownLatch begun) {
        try {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has changes made in one transaction. */
    private void together(Change<?>... changes) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        var unused = writer.write(work -> {
            try {
                begun.countDown();
                return given.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        // Not before: what comes while it is taken is taken with it.
        awaitBegun(begun);
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Change<?> change : changes) {
            all.add(writer.write(change));
        }
        given.countDown();
        all.forEach(OnStores::get);
    }

    @Test
    void putsRightWhatWasPerhapsMadeBeforeItIsMadeAgain() {
        AtomicInteger remedies = new AtomicInteger();
        together(doubtful(work -> remedies.incrementAndGet()), breaking());
        assertThat(remedies).hasValue(1);
        submit();
        assertThat(remedies).hasValue(1);
    }

    @Test
    void goesOnWhenWhatWasPerhapsMadeCannotBePutRight() {
        AtomicInteger remedies = new AtomicInteger();
        together(
                doubtful(work -> work.handle().execute("insert into nothing values (1)")),
                doubtful(work -> {
                    throw Documents.damaged(new IllegalStateException("a row"));
                }),
                doubtful(work -> remedies.incrementAndGet()),
                breaking());
        assertThat(remedies).hasValue(1);
        submit();
    }

    @Test
    void doesNotCallRefusedWhatIsPerhapsOnDiskWhenItIsInterrupted() {
        CompletableFuture<Object> inHand = writer.write(work -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(new SQLException("locked", "", BUSY));
        });
        assertThat(OnStores.refusal(inHand)).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
    }

    @Test
    void refusesAtItsStopWhatItHasNotTried() {
        CompletableFuture<Object> inHand = writer.write(work -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(new SQLException("locked", "", BUSY));
        });
        assertThat(OnStores.refusal(inHand)).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
        CompletableFuture<Object> never = writer.write(work -> true);
        writer.stop();
        assertThat(OnStores.refusal(never)).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }
}
