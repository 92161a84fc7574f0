package org.octaveserver.ops.bundle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
    private static final long STOP_SECONDS = 5;

    private final TreeMaker maker;
    private final LongSupplier nanoTime;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(new NamedThreads("preparation"));
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
     */
    private record Attempt(CompletableFuture<Void> answer, boolean running, long ended) {}

    /** Nothing runs before somebody asks. */
    @Override
    public void start() {}

    @Override
    public void stop() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a bundle is still prepared {} s after the stop", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            Attempt next = new Attempt(last == null ? new CompletableFuture<>() : last.answer(), true, 0);
            attempts.put(key, next);
            executor.execute(() -> make(key, deployed, release, runtime));
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

    private void make(Key key, DeployedVersion deployed, Release release, OctaveRuntime runtime) {
        OpsException failure = new OpsException(ErrorCode.INTERNAL, "preparing " + key.version() + " failed");
        boolean made = false;
        try {
            maker.make(deployed, release.bundles(), runtime);
            made = true;
        } catch (OpsException e) {
            failure = e.code() == ErrorCode.SHUTTING_DOWN ? e : refused(deployed.version(), runtime, e);
            LOG.error("bundle={} runtime={} {}", key.version(), key.runtime(), failure.getMessage());
        } catch (RuntimeException e) {
            LOG.error("bundle={} runtime={} preparing it failed", key.version(), key.runtime(), e);
            failure = new OpsException(ErrorCode.INTERNAL, "preparing " + key.version() + " failed", e);
        } finally {
            settle(key, made, failure);
        }
    }

    private void settle(Key key, boolean made, OpsException failure) {
        CompletableFuture<Void> answer;
        lock.lock();
        try {
            Attempt running = attempts.remove(key);
            answer = running == null ? new CompletableFuture<>() : running.answer();
            if (!made) {
                CompletableFuture<Void> told = answer.isDone() ? CompletableFuture.failedFuture(failure) : answer;
                attempts.put(key, new Attempt(told, false, nanoTime.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
        // Outside of the lock: others hang code on it.
        if (made) {
            answer.complete(null);
        } else {
            answer.completeExceptionally(failure);
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
