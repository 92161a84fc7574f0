package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;

/** Functions that do what a test says, when it says so. */
final class FakeFunctions implements FunctionRuns {
    final List<FakeRun> runs = new CopyOnWriteArrayList<>();
    volatile Map<String, Integer> limits = Map.of();
    volatile @Nullable OpsException refusal;

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of them. */
    static final class FakeRun implements Run {
        final Job job;
        final Listener listener;
        final CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        volatile List<OctaveValue> arguments = List.of();
        volatile String printed = "";
        volatile @Nullable Duration grace;
        final AtomicInteger cancels = new AtomicInteger();
        /** How long it takes to kill it. */
        volatile @Nullable CountDownLatch killing;

        FakeRun(Job job, Listener listener) {
            this.job = job;
            this.listener = listener;
        }

        /** There is a worker; as the real calls do, the run fails when it may not begin. */
        void begins() {
            try {
                arguments = listener.begins().join();
            } catch (CompletionException e) {
                fail(OpsException.of(e));
            }
        }

        void returns(OctaveValue... outputs) {
            outcome.complete(new CallOutcome.Returned(List.of(outputs), printed, java.util.Optional.empty()));
        }

        void fail(OpsException why) {
            outcome.completeExceptionally(why);
        }

        @Override
        public CompletableFuture<CallOutcome> outcome() {
            return outcome;
        }

        @Override
        public String printed() {
            return printed;
        }

        @Override
        public boolean cancel(String by, Duration time) {
            grace = time;
            cancels.incrementAndGet();
            CountDownLatch until = killing;
            if (until != null) {
                await(until);
            }
            return outcome.completeExceptionally(new OpsException(ErrorCode.CALL_CANCELLED, "cancelled by " + by));
        }
    }

    @Override
    public Run begin(Job job, Listener listener) {
        OpsException why = refusal;
        if (why != null) {
            throw why;
        }
        FakeRun run = new FakeRun(job, listener);
        runs.add(run);
        return run;
    }

    @Override
    public Map<String, Integer> limits() {
        return limits;
    }
}
