package org.octaveserver.ops.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.octaveserver.ops.bundle.BundleName;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Manifest;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.bundle.Version;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;

/** Jobs over a {@link MemoryStore}, whose functions do what a test says. Thread-safe. */
public final class TestJobs implements AutoCloseable {
    private static final String DIGEST = "73bcce8b5fffb984888169285cba8a31" + "0".repeat(32);

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final Map<JobId, FakeRun> runs = new ConcurrentHashMap<>();
    private final Jobs jobs;

    /**
     * Begins.
     *
     * @param directory for payloads
     * @param capacity how many jobs run at once
     */
    public TestJobs(Path directory, int capacity) {
        JobSettings settings = new SettingsLoader(List.of(JobSettings.class))
                .load(directory.resolve("none"), Map.of(), Map.of())
                .of(JobSettings.class);
        jobs = new Jobs(
                settings,
                new Jobs.Node(capacity, capacity, Duration.ofSeconds(30), false),
                new Jobs.Needs(new JobStorage(store, new PayloadFiles(directory.resolve("payloads"))), new Runs()));
        jobs.start();
    }

    public JobService service() {
        return jobs.service();
    }

    public MemoryStore store() {
        return store;
    }

    /** A function of the bundle demo. */
    public static CallTarget target() {
        Manifest manifest = new Manifest(
                new BundleName("demo"),
                new Version("1.0.0"),
                "",
                "",
                List.of(),
                Optional.empty(),
                Serving.DEFAULT,
                Optional.empty());
        ExportedFunction function = new ExportedFunction("f", "f.m", -1, -1);
        BundleVersion version = new BundleVersion(
                DIGEST, Path.of("/nowhere"), manifest, Map.of("f", function), RouteTable.EMPTY, Instant.EPOCH);
        Release release = new Release(7, 6, Instant.EPOCH, "ann", "", OptionalLong.empty(), Map.of());
        return new CallTarget(release, DeployedVersion.of(version), function);
    }

    /** Submits a job of somebody. */
    public JobId submit(Optional<String> principal, String client) {
        return submit(principal, client, "1 small string");
    }

    /** The same with notes of its face. */
    public JobId submit(Optional<String> principal, String client, String face) {
        JobOwner owner = new JobOwner(principal, principal.orElse("10.0.0.7"), client);
        Submission.Wishes wishes = new Submission.Wishes(CallOptions.NONE, List.of(), face, Optional.empty());
        return service()
                .submit(new Submission(target(), 1, List.of(NumericArray.scalar(1)), owner, wishes))
                .join()
                .job()
                .id();
    }

    /** What runs of a job, when a node has taken it. */
    public FakeRun run(JobId id) {
        return Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> runs.get(id), run -> run != null);
    }

    /** Waits until a job is in a state. */
    public Job awaited(JobId id, JobState state) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> store.find(id).orElseThrow(), job -> job.state() == state);
    }

    @Override
    public void close() {
        jobs.stop();
    }

    private final class Runs implements FunctionRuns {
        @Override
        public Run begin(Job job, Listener listener) {
            FakeRun run = new FakeRun(listener);
            runs.put(job.id(), run);
            return run;
        }

        @Override
        public Map<String, Integer> limits() {
            return Map.of();
        }
    }

    /** What runs of a job. */
    public static final class FakeRun implements FunctionRuns.Run {
        private final CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        private String printed = "";
        private final FunctionRuns.Listener listener;
        private volatile boolean takesItsTime;

        private FakeRun(FunctionRuns.Listener listener) {
            this.listener = listener;
        }

        /** A worker is there. */
        public void begins() {
            listener.begins().join();
        }

        /** The function prints. */
        public void prints(String text) {
            synchronized (this) {
                printed += text;
            }
        }

        /** It says how far it is. */
        public void progresses(double fraction, String message) {
            listener.progressed(new Progress(fraction, message));
        }

        /** It returns a number. */
        public void returns(double value) {
            outcome.complete(
                    new CallOutcome.Returned(List.of(NumericArray.scalar(value)), printed(), Optional.empty()));
        }

        /** It returns values. */
        public void returns(List<OctaveValue> values) {
            outcome.complete(new CallOutcome.Returned(values, printed(), Optional.empty()));
        }

        /** It throws. */
        public void throwsError(String identifier, String message) {
            outcome.complete(new CallOutcome.Threw(
                    identifier, message, List.of(new CallOutcome.Frame("f.m", "f", 3)), printed()));
        }

        /** It could not be run to its end. */
        public void fails(ErrorCode code, String message) {
            outcome.completeExceptionally(new OpsException(code, message));
        }

        @Override
        public CompletableFuture<CallOutcome> outcome() {
            return outcome;
        }

        @Override
        public synchronized String printed() {
            return printed;
        }

        /** When it is cancelled, it goes on until the test ends it. */
        public void takesItsTime() {
            takesItsTime = true;
        }

        @Override
        public boolean cancel(String by, Duration grace) {
            return takesItsTime || outcome.completeExceptionally(new OpsException(ErrorCode.CALL_CANCELLED, by));
        }
    }
}
