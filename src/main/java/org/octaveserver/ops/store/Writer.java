package org.octaveserver.ops.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;

/**
 * The one thread that writes. All changes that wait go into one transaction, so that many share what makes one durable; their
 * futures complete after the commit, on this thread. A transaction in which a change fails by itself is undone, and
 * each of its changes gets one of its own. Thread-safe.
 */
final class Writer implements Managed {
    private static final Logger LOG = LogManager.getLogger(Writer.class);
    private static final int MOST_TOGETHER = 500;
    private static final int MOST_WAITING = 20_000;
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 25;
    private static final long STOP_SECONDS = 5;

    private final Database database;
    private final Outages outages;
    private final InstantSource clock;
    private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final NamedThreads threads = new NamedThreads("jobs-writer");
    private final ExecutorService executor = Executors.newSingleThreadExecutor(threads);
    private final ClockSteps steps;
    private volatile boolean stopping;
    /** Of the thread that writes: whether the last transaction has changed anything; asked for while that is in doubt. */
    private boolean changed;
    /** Of the thread that writes: what puts right what nobody can tell of. */
    private List<Change<?>> doubts = List.of();

    Writer(Database database, Outages outages, InstantSource clock) {
        this.database = database;
        this.outages = outages;
        this.clock = clock;
        this.steps = outages.steps();
    }

    private static final class Pending<T> {
        final Change<T> change;
        final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable Made<T> made;
        private boolean tried;

        Pending(Change<T> change) {
            this.change = change;
        }

        /** An outcome, be it a refusal, until it is known to be on disk. */
        private record Made<T>(
                @Nullable T outcome, @Nullable OpsException refusal) {}

        void make(Work work) {
            tried = true;
            try {
                made = new Made<>(change.make(work), null);
            } catch (OpsException refusal) {
                made = new Made<>(null, refusal);
            }
        }

        Optional<Change<?>> doubt() {
            @Nullable Made<T> known = made;
            return known == null || known.outcome() == null ? Optional.empty() : change.whenInDoubt(known.outcome());
        }

        /** Of what was tried it may be on disk, and must not be taken for refused. */
        void abandon(Dialect dialect) {
            future.completeExceptionally(
                    tried
                            ? new OpsException(
                                    ErrorCode.JOB_STORE_UNAVAILABLE,
                                    "the server stops, and does not know whether " + dialect.place()
                                            + " has this change; look before you try it again")
                            : stopped());
        }

        void tell() {
            @Nullable Made<T> known = made;
            if (known == null) {
                future.completeExceptionally(new IllegalStateException("a change was not made"));
            } else if (known.refusal() != null) {
                future.completeExceptionally(known.refusal());
            } else {
                future.complete(known.outcome());
            }
        }
    }

    /** Has a change written. */
    <T> CompletableFuture<T> write(Change<T> change) {
        Pending<T> pending = new Pending<>(change);
        if (stopping) {
            pending.future.completeExceptionally(stopped());
        } else if (!waiting.offer(pending)) {
            pending.future.completeExceptionally(new OpsException(
                    ErrorCode.JOB_STORE_UNAVAILABLE,
                    MOST_WAITING + " changes wait to be written to "
                            + database.dialect().place() + " already"));
        } else if (executor.isTerminated()) {
            refuseTheRest();
        }
        return pending.future;
    }

    private static OpsException stopped() {
        return new OpsException(ErrorCode.SHUTTING_DOWN, "the server stops, and changes no job any more");
    }

    @Override
    public void start() {
        executor.execute(this::run);
    }

    private void run() {
        outages.begins();
        while (!stopping || !waiting.isEmpty()) {
            List<Pending<?>> together = new ArrayList<>();
            try {
                next(together);
                if (!together.isEmpty()) {
                    commit(together);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                together.forEach(one -> one.abandon(database.dialect()));
                return;
            }
        }
    }

    private void next(List<Pending<?>> together) throws InterruptedException {
        @Nullable Pending<?> first = waiting.poll(outages.longestIdle().toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            together.add(first);
            waiting.drainTo(together, MOST_TOGETHER - 1);
        } else {
            outages.idle();
        }
    }

    private void commit(List<Pending<?>> together) throws InterruptedException {
        Optional<OpsException> failure = tried(together);
        if (failure.isEmpty()) {
            together.forEach(Pending::tell);
        } else if (failure.get().code() == ErrorCode.JOB_STORE_UNAVAILABLE || together.size() == 1) {
            refuse(together, failure.get());
        } else {
            for (Pending<?> one : together) {
                commit(List.of(one));
            }
        }
    }

    /** When the database is away, those that came meanwhile have waited for it as well. */
    private void refuse(List<Pending<?>> together, OpsException failure) {
        List<Pending<?>> all = new ArrayList<>(together);
        if (failure.code() == ErrorCode.JOB_STORE_UNAVAILABLE) {
            waiting.drainTo(all);
        }
        all.forEach(one -> one.future.completeExceptionally(failure));
    }

    private Optional<OpsException> tried(List<Pending<?>> together) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                settleDoubts();
                database.write(handle -> make(work(handle), together));
                steps.committed();
                outages.wrote(changed);
                return Optional.empty();
            } catch (RuntimeException | Error e) {
                // An Error too: nobody would write any more, and every future would wait for ever.
                doubt(together);
                if (tries == TRIES || !Outages.isPassing(e, database.dialect())) {
                    return Optional.of(outages.asFailure(e, database.dialect()));
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS * tries);
            }
        }
    }

    /** A transaction; when the database's clock was put back, leases get no longer by that. */
    private Work work(Handle handle) {
        long before = steps.nanos();
        Work work = new Work(handle, database.dialect(), clock.instant());
        long step = steps.look(before, work.now());
        if (step != 0) {
            outages.stepped(step);
        }
        if (step < 0) {
            new LeaseRows(handle).shorten(Spans.after(work.now(), outages.lease()));
        }
        return work;
    }

    /** Each in a transaction of its own: what fails by itself would take everything that is written later with it. */
    private void settleDoubts() {
        while (!doubts.isEmpty()) {
            Change<?> first = doubts.get(0);
            try {
                database.write(handle -> {
                    Work work = work(handle);
                    first.make(work);
                    work.end();
                });
                steps.committed();
            } catch (RuntimeException e) {
                if (!Outages.isOwnFault(e, database.dialect())) {
                    throw e;
                }
                LOG.error("what a transaction whose fate is not known has perhaps done stays as it is", e);
            }
            doubts = doubts.subList(1, doubts.size());
        }
    }

    private void make(Work work, List<Pending<?>> together) {
        boolean asked = outages.isWriting();
        long before = asked ? changes(work.handle()) : 0;
        together.forEach(one -> one.make(work));
        work.end();
        changed = asked && changes(work.handle()) > before;
    }

    private long changes(Handle handle) {
        return handle.createQuery(database.dialect().changes())
                .mapTo(Long.class)
                .one();
    }

    private void doubt(List<Pending<?>> together) {
        List<Change<?>> all = new ArrayList<>(doubts);
        together.forEach(one -> one.doubt().ifPresent(all::add));
        doubts = all;
    }

    @Override
    public void stop() {
        stopping = true;
        // Wakes the thread: it looks whether it has to stop when something comes.
        boolean woken = waiting.offer(new Pending<>(work -> true));
        LOG.debug("the writer is told to stop woken={}", woken);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.stop(executor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseTheRest();
    }

    private void refuseTheRest() {
        List<Pending<?>> rest = new ArrayList<>();
        waiting.drainTo(rest);
        rest.forEach(one -> one.abandon(database.dialect()));
    }
}
