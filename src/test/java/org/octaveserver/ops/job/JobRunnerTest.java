package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.FakeFunctions.FakeRun;
import org.octaveserver.ops.value.CharArray;

/** What a node makes of jobs that a store gives it. */
class JobRunnerTest extends RunnerFixture {
    private static OpsException unavailable() {
        return new OpsException(ErrorCode.WORKER_START_FAILED, "no Octave today");
    }

    @Test
    void runsAJobToItsEnd() {
        JobId id = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        assertThat(find(id).state()).isEqualTo(JobState.CLAIMED);
        run.begins();
        assertThat(run.arguments).containsExactly(CharArray.row("argument"));
        assertThat(find(id).state()).isEqualTo(JobState.RUNNING);
        run.listener.progressed(new Progress(0.5, "half"));
        run.printed = "hello\n";
        run.returns(CharArray.row("result"));

        Job job = awaitState(id, JobState.RETURNED);
        assertThat(job.status().progress()).isEqualTo(new Progress(1, "half"));
        assertThat(((CallOutcome.Returned) outcome(id)).outputs()).containsExactly(CharArray.row("result"));
        assertThat(files.read(store.payload(id, Payload.Kind.OUTPUT).orElseThrow()))
                .asString()
                .isEqualTo("hello\n");
    }

    @Test
    void takesNoMoreThanItHasRoomFor() {
        for (int i = 0; i < 5; i++) {
            JobId unused = submit("demo", NewJobs.ONCE);
        }
        run(1).begins();
        assertThat(functions.runs).hasSize(2);
        assertThat(store.open().get(JobState.QUEUED)).isEqualTo(3);

        run(1).returns();
        run(2).begins();
        assertThat(functions.runs).hasSize(3);
    }

    @Test
    void leavesBundlesAloneThatMayNotRunMore() {
        functions.limits = Map.of("busy", 1);
        JobId first = submit("busy", NewJobs.ONCE);
        FakeRun unused = run(0);
        JobId second = submit("busy", NewJobs.ONCE);
        JobId other = submit("other", NewJobs.ONCE);

        assertThat(run(1).job.id()).isEqualTo(other);
        assertThat(find(second).state()).isEqualTo(JobState.QUEUED);
        run(0).begins();
        run(0).returns();
        awaitState(first, JobState.RETURNED);
        assertThat(run(2).job.id()).isEqualTo(second);
    }

    @Test
    void endsInErrorWhatCannotBeRun() {
        functions.refusal = new OpsException(ErrorCode.BUNDLE_NOT_FOUND, "it is not deployed any more");
        JobId id = submit("demo", NewJobs.ONCE);

        assertThat(awaitState(id, JobState.ERROR).status().problem())
                .contains(new JobProblem("BUNDLE_NOT_FOUND", "it is not deployed any more"));
    }

    @Test
    void keepsWhatAJobPrintedThatWasKilled() {
        JobId id = submit("demo", NewJobs.ONCE);
        run(0).begins();
        run(0).printed = "last words";
        run(0).fail(new OpsException(ErrorCode.CALL_TIMEOUT, "too long"));

        awaitState(id, JobState.ERROR);
        assertThat(files.read(store.payload(id, Payload.Kind.OUTPUT).orElseThrow()))
                .asString()
                .isEqualTo("last words");
    }

    @Test
    void aJobThatGotNoWorkerWaitsAgainAndItsBundleIsLeftAloneForAWhile() {
        JobId id = submit("broken", NewJobs.ONCE);
        run(0).fail(unavailable());

        awaitState(id, JobState.QUEUED);
        JobId other = submit("other", NewJobs.ONCE);
        assertThat(run(1).job.id()).isEqualTo(other);
        assertThat(functions.runs).hasSize(2);
        assertThat(find(id).status().attempt()).isEqualTo(1);
    }

    @Test
    void aJobThatHasBegunIsNotRunAgainUnlessItMay() {
        JobId once = submit("a", NewJobs.ONCE);
        run(0).begins();
        run(0).fail(unavailable());
        awaitState(once, JobState.ERROR);

        JobId again = submit("b", NewJobs.AGAIN);
        run(1).begins();
        run(1).fail(unavailable());
        awaitState(again, JobState.QUEUED);
    }

    @Test
    void givesUpWhenThereWasNoWorkerForTooLong() {
        runner.stop();
        runner = runner(2, new JobRunner.WithoutWorker(Duration.ZERO, Duration.ZERO));
        runner.start();
        JobId id = submit("broken", new JobRules(false, Duration.ofHours(1), Duration.ZERO, 1));
        run(0).fail(unavailable());
        run(1).fail(unavailable());

        assertThat(awaitState(id, JobState.ERROR).status().problem())
                .contains(new JobProblem("WORKER_START_FAILED", "no Octave today"));
    }

    @Test
    void takesOfABundleOnlyWhatMayRunThoughManyWait() {
        functions.limits = Map.of("busy", 1);
        NewJob first = NewJobs.job(files, "busy", NewJobs.ONCE);
        NewJob second = NewJobs.job(files, "busy", NewJobs.ONCE);
        NewJob other = NewJobs.job(files, "other", NewJobs.ONCE);
        List.of(first, second, other)
                .forEach(job -> store.submit(job, NewJobs.UNLIMITED).join());
        runner.wake();

        assertThat(List.of(run(0).job.id(), run(1).job.id())).containsExactlyInAnyOrder(first.id(), other.id());
        assertThat(find(second.id()).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void claimsThatNeverBeganUseUpNoAttempts() {
        JobId id = submit("demo", NewJobs.AGAIN);
        for (int i = 0; i < 5; i++) {
            runner.stop();
            await().atMost(SOON).until(() -> find(id).state() == JobState.QUEUED);
            runner = runner(2);
            runner.start();
        }
        FakeRun run = run(5);
        run.begins();
        run.fail(unavailable());
        awaitState(id, JobState.QUEUED);
    }

    @Test
    void aJobThatWasCancelledMeanwhileDoesNotBegin() {
        JobId id = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        store.cancel(id, new JobProblem("JOB_CANCELLED", "enough")).join();
        run.begins();

        assertThat(run.outcome).isCompletedExceptionally();
        await().atMost(SOON).until(() -> runner.active().isEmpty());
        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void nothingOfAJobCountsThatIsAnothersNow() throws IOException {
        JobId id = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        run.begins();
        store.cancel(id, new JobProblem("JOB_CANCELLED", "enough")).join();
        run.returns(CharArray.row("x".repeat(20_000)));

        await().atMost(SOON).until(() -> runner.active().isEmpty());
        assertThat(find(id).state()).isEqualTo(JobState.CANCELLED);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatWasKeptOfACancelledJobIsLookedAfterLikeAllOtherFiles() throws IOException {
        JobId id = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        run.begins();
        run.printed = "x".repeat(20_000);
        store.cancel(id, new JobProblem("JOB_CANCELLED", "enough")).join();
        runner.find(id).orElseThrow().callOff(new OpsException(ErrorCode.JOB_CANCELLED, "enough"), Duration.ZERO);

        await().atMost(SOON).until(() -> runner.active().isEmpty());
        Payload output = store.payload(id, Payload.Kind.OUTPUT).orElseThrow();
        assertThat(files.names()).containsExactly(output.file().orElseThrow());
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        JobId id = submit("demo", NewJobs.ONCE);
        run(0).begins();
        run(0).returns(CharArray.row("x".repeat(100_001)));

        JobProblem problem = awaitState(id, JobState.ERROR).status().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("JOB_RESULT_TOO_LARGE");
        assertThat(problem.message()).contains("100000").contains("ops.jobs.max-result-size");
    }

    @Test
    void recordsTheEndWhenTheStoreIsBack() {
        JobId id = submit("demo", NewJobs.ONCE);
        run(0).begins();
        store.away(true);
        run(0).returns(CharArray.row("kept"));
        await().during(Duration.ofMillis(300)).until(() -> runner.active().size() == 1);
        store.away(false);

        awaitState(id, JobState.RETURNED);
        assertThat(((CallOutcome.Returned) outcome(id)).outputs()).containsExactly(CharArray.row("kept"));
    }

    @Test
    void aJobDoesNotBeginWhileTheStoreIsAway() {
        JobId id = submit("demo", new JobRules(false, Duration.ofHours(1), Duration.ZERO, 1));
        for (int outage = 0; outage < 4; outage++) {
            FakeRun run = run(outage);
            store.away(true);
            run.begins();
            assertThat(run.outcome).isCompletedExceptionally();
            store.away(false);
        }

        run(4).begins();
        assertThat(find(id).state()).as("an outage is none of its tries").isEqualTo(JobState.RUNNING);
    }

    @Test
    void argumentsAreReadWhenThereIsAWorker() throws IOException {
        NewJob job = NewJobs.large(files, "demo");
        store.submit(job, NewJobs.UNLIMITED).join();
        runner.wake();
        FakeRun run = run(0);
        String name = job.arguments().file().orElseThrow();
        Files.delete(directory.resolve(name));

        run.begins();

        JobProblem problem =
                awaitState(job.id(), JobState.ERROR).status().problem().orElseThrow();
        assertThat(problem.code())
                .as("nobody had read them while the job waited")
                .isEqualTo("JOB_DAMAGED");
        assertThat(problem.message()).contains(name).contains("ops.jobs.directory");
    }

    @Test
    void aStopEndsWhatRunsAndSaysWhy() {
        JobId once = submit("a", NewJobs.ONCE);
        JobId again = submit("b", NewJobs.AGAIN);
        JobId waits = submit("c", NewJobs.ONCE);
        run(0).begins();
        run(1).begins();
        runner.stop();

        assertThat(find(once).status().problem().orElseThrow().code()).isEqualTo("JOB_INTERRUPTED");
        assertThat(List.of(find(again).state(), find(waits).state())).containsOnly(JobState.QUEUED);
        runner.wake();
        assertThat(functions.runs).hasSize(2);
    }

    @Test
    void tellsThoseWhoWatch() {
        JobId id = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        List<JobState> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        JobEvents.Watch watch = events.watch(id, () -> seen.add(find(id).state()));
        run.begins();
        run.listener.progressed(new Progress(0.1, ""));
        run.returns();
        await().atMost(SOON).until(() -> seen.contains(JobState.RETURNED));
        watch.close();
        events.changed(id);
        assertThat(seen).containsExactly(JobState.RUNNING, JobState.RUNNING, JobState.RETURNED);
    }
}
