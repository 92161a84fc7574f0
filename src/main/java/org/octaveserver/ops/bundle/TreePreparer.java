package org.octaveserver.ops.bundle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * Has what runtimes of this node load of deployed versions made before it is used, on a thread of its own, one after the
 * other. A failure is remembered and told to whoever asks, and tried again after a while by the next who does.
 * Thread-safe.
 */
public final class TreePreparer implements Managed {
    private static final Logger LOG = LogManager.getLogger(TreePreparer.class);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final TreeMaker maker;
    private final LongSupplier nanoTime;
    private final NamedThreads threads = new NamedThreads("preparation");
    private final ExecutorService executor = Executors.newSingleThreadExecutor(threads);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Key, Attempt> attempts = new HashMap<>();

    public TreePreparer(TreeMaker maker) {
        this(maker, System::nanoTime);
    }

    TreePreparer(TreeMaker maker, LongSupplier nanoTime) {
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    /** What is made once: the same version with the same pins is the same in each release. */
    private record Key(String version, Map<String, String> pins, String runtime, String identity) {}

    /**
     * How that goes.
     *
     * @param answer what to tell those who ask; of a repetition the last failure, until it succeeds
     * @param running whether it is being made
     * @param ended when the last time ended, as the clock that nobody sets counts
     * @param failure why the last time failed, if there was one
     */
    private record Attempt(CompletableFuture<Void> answer, boolean running, long ended, Optional<String> failure) {}

    /**
     * A version that is being made for a runtime, or could not be made.
     *
     * @param version its id
     * @param runtime the id of the runtime
     * @param running whether that goes on now
     * @param failure why the last time failed, if there was one
     */
    public record Progress(String version, String runtime, boolean running, Optional<String> failure) {}

    /** What is being made or could not be made, since the start and of whatever release. */
    public List<Progress> progress() {
        lock.lock();
        try {
            return attempts.entrySet().stream()
                    .map(entry -> new Progress(
                            entry.getKey().version(),
                            entry.getKey().runtime(),
                            entry.getValue().running(),
                            entry.getValue().failure()))
                    .sorted(Comparator.comparing(Progress::version).thenComparing(Progress::runtime))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        threads.stop(executor);
    }

    /**
     * Has all made that workers of a version load. Returns at once.
     *
     * @param release the one that has the version
     * @return done when it was there already; completes with an {@link OpsException} PREPARATION_FAILED, saying why and
     *     where the log of the build is, or DEPENDENCY_UNSATISFIED
     */
    public CompletableFuture<Void> ready(DeployedVersion deployed, Release release, OctaveRuntime runtime) {
        try {
            if (maker.isMade(deployed, release.bundles(), runtime)) {
                return CompletableFuture.completedFuture(null);
            }
        } catch (OpsException e) {
            return CompletableFuture.failedFuture(e);
        }
        Key key = new Key(
                deployed.version().id(),
                deployed.pins(),
                runtime.id(),
                runtime.build().identity());
        lock.lock();
        try {
            Attempt last = attempts.get(key);
            if (last != null && (last.running() || isRecent(last))) {
                return last.answer();
            }
            Attempt next = last == null
                    ? new Attempt(new CompletableFuture<>(), true, 0, Optional.empty())
                    : new Attempt(last.answer(), true, 0, last.failure());
            attempts.put(key, next);
            executor.execute(() -> make(key, next, deployed, release, runtime));
            return next.answer();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new OpsException(ErrorCode.SHUTTING_DOWN, "the server is stopping", e));
        } finally {
            lock.unlock();
        }
    }

    /** What succeeded and is not there any more is made again. */
    private boolean isRecent(Attempt last) {
        return last.answer().isCompletedExceptionally() && nanoTime.getAsLong() - last.ended() < RETRY_AFTER.toNanos();
    }

    private void make(Key key, Attempt attempt, DeployedVersion deployed, Release release, OctaveRuntime runtime) {
        Optional<OpsException> failure =
                Optional.of(new OpsException(ErrorCode.INTERNAL, "preparing " + key.version() + " failed"));
        try {
            failure = failure(deployed, release, runtime);
        } finally {
            // Also when the virtual machine fails: those who wait are told.
            settle(key, attempt, failure);
        }
    }

    private void settle(Key key, Attempt attempt, Optional<OpsException> failure) {
        failure.ifPresent(why -> LOG.error("bundle={} runtime={} {}", key.version(), key.runtime(), why.getMessage()));
        lock.lock();
        try {
            attempts.remove(key);
            failure.ifPresent(why -> attempts.put(
                    key,
                    new Attempt(
                            CompletableFuture.failedFuture(why),
                            false,
                            nanoTime.getAsLong(),
                            Optional.of(String.valueOf(why.getMessage())))));
        } finally {
            lock.unlock();
        }
        // Outside of the lock: others hang code on it. That of a repetition is completed already.
        failure.ifPresentOrElse(
                attempt.answer()::completeExceptionally, () -> attempt.answer().complete(null));
    }

    /** Makes it; answers why that failed. */
    private Optional<OpsException> failure(DeployedVersion deployed, Release release, OctaveRuntime runtime) {
        try {
            maker.make(deployed, release.bundles(), runtime);
            return Optional.empty();
        } catch (OpsException e) {
            return Optional.of(e.code() == ErrorCode.SHUTTING_DOWN ? e : refused(deployed.version(), runtime, e));
        } catch (RuntimeException e) {
            LOG.error("bundle={} preparing it failed", deployed.version().id(), e);
            return Optional.of(new OpsException(
                    ErrorCode.INTERNAL, "preparing " + deployed.version().id() + " failed", e));
        }
    }

    private static OpsException refused(BundleVersion version, OctaveRuntime runtime, OpsException why) {
        Path log = version.directory().resolve(BundleVersion.buildLog(runtime));
        return new OpsException(
                ErrorCode.PREPARATION_FAILED,
                version.id() + " could not be prepared for the runtime " + runtime.described() + " of this server: "
                        + why.getMessage() + (Files.exists(log) ? "\nIts build log is " + log : ""),
                why);
    }
}
