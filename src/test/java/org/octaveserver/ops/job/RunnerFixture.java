package org.octaveserver.ops.job;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.job.FakeFunctions.FakeRun;
import org.octaveserver.ops.lifecycle.WorkThreads;

/** A node that takes jobs from a {@link MemoryStore}, and whose functions do what a test says. */
abstract class RunnerFixture {
    static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    final MemoryStore store = new MemoryStore(InstantSource.system());
    final FakeFunctions functions = new FakeFunctions();
    private final WorkThreads work = new WorkThreads("job-test", 4);
    final WorkThreads beginnings = new WorkThreads("begin-test", 2);
    final JobEvents events = new JobEvents();
    PayloadFiles files = new PayloadFiles(Path.of(""));
    JobRunner runner = runner(1);

    @BeforeEach
    void open() {
        files = new PayloadFiles(directory);
        runner = runner(2);
        runner.start();
    }

    @AfterEach
    void stop() {
        runner.stop();
        beginnings.stop();
        work.stop();
    }

    JobRunner runner(int capacity) {
        return runner(capacity, new JobRunner.WithoutWorker(Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    JobRunner runner(int capacity, JobRunner.WithoutWorker without) {
        JobRun.Parts parts = new JobRun.Parts(
                new JobStorage(store, files),
                functions,
                new JobRun.Threads(work, beginnings),
                new Recorder(work),
                events,
                100_000);
        return new JobRunner("node", capacity, Duration.ofSeconds(30), without, parts);
    }

    JobId submit(String bundle, JobRules rules) {
        NewJob job = NewJobs.job(files, bundle, rules);
        store.submit(job, NewJobs.UNLIMITED).join();
        runner.wake();
        return job.id();
    }

    FakeRun run(int number) {
        await().atMost(SOON).until(() -> functions.runs.size() > number);
        return functions.runs.get(number);
    }

    Job awaitJob(JobId id, Predicate<Job> condition) {
        await().atMost(SOON).until(() -> condition.test(find(id)));
        return find(id);
    }

    Job awaitState(JobId id, JobState state) {
        return awaitJob(id, job -> job.state() == state);
    }

    Job find(JobId id) {
        return store.find(id).orElseThrow();
    }

    CallOutcome outcome(JobId id) {
        return StoredOutcome.read(
                files.read(store.payload(id, Payload.Kind.RESULT).orElseThrow()), "");
    }
}
