package org.octaveserver.ops.call;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleReference;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.TreePreparer;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which version new calls go to. A new release is routed to only after its workers had a chance to start, so that the
 * first calls to it wait no longer than any other; until then calls go to the old one. Thread-safe: releases come one
 * after the other, reads come from everywhere.
 */
public final class Routing implements Consumer<Release>, CallRun.Preparing {
    private static final Logger LOG = LogManager.getLogger(Routing.class);

    /** Of a release that is not kept, or not whole. */
    private static final Set<ErrorCode> UNUSABLE =
            EnumSet.of(ErrorCode.RELEASE_NOT_FOUND, ErrorCode.RELEASE_INCOMPLETE, ErrorCode.RELEASE_DAMAGED);

    private final Workforce workforce;
    private final TreePreparer trees;
    private final LongFunction<Release> kept;
    /** Two changes of what the pool keeps must not overtake each other. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Release release = Release.NONE;
    private volatile Release newest = Release.NONE;

    /**
     * Routing that leads nowhere yet.
     *
     * @param trees makes what runtimes load where it is missing
     * @param limits what workers may use
     * @param kept a release by its number, as {@link org.octaveserver.ops.bundle.Releases#release}
     */
    public Routing(
            WorkerPool pool, Runtimes runtimes, TreePreparer trees, LimitPolicy limits, LongFunction<Release> kept) {
        this.trees = trees;
        this.kept = kept;
        this.workforce = new Workforce(pool, runtimes, trees, limits);
    }

    /** The release that new calls see. */
    public Release release() {
        return release;
    }

    /** The release that new calls see once this node has prepared it, if it has to. */
    public Optional<Release> awaited() {
        Release next = newest;
        return next.number() == release.number() ? Optional.empty() : Optional.of(next);
    }

    /** What of either release this node is making, or could not make. */
    public List<TreePreparer.Progress> preparation() {
        Set<String> versions = Stream.of(release, newest)
                .flatMap(one -> one.versions().stream())
                .map(deployed -> deployed.version().id())
                .collect(Collectors.toSet());
        // What a version is pinned to is made with it, and told as its own.
        return trees.progress().stream()
                .filter(progress -> versions.contains(progress.version()))
                .toList();
    }

    /**
     * Prepares workers of the next release, then routes to it, then lets those of the last one go. Where this node has to
     * make first what such workers load, that goes on in the background, and calls go to the last release meanwhile.
     */
    @Override
    public void accept(Release next) {
        newest = next;
        CompletableFuture<Void> loadable = workforce.loadable(next, release);
        if (release.equals(Release.NONE) || loadable.isDone()) {
            routeTo(next);
            return;
        }
        LOG.info("release={} waits until this node has prepared it for its runtimes", next.number());
        var unused = loadable.whenComplete((done, failure) -> elsewhere(() -> routeTo(next)));
    }

    private void routeTo(Release next) {
        changing.lock();
        try {
            if (next.number() == newest.number()) {
                boolean first = release.equals(Release.NONE);
                workforce.serve(next, !first, () -> release = next, this::refresh);
            }
        } finally {
            changing.unlock();
        }
    }

    /** To be told when a runtime is there, is another than it was, or is gone. */
    public void runtimeChanged(RuntimeStatus status) {
        LOG.debug("runtime={} has changed", status.id());
        refresh();
    }

    private void refresh() {
        elsewhere(() -> {
            changing.lock();
            try {
                workforce.serve(release, true, () -> {}, this::refresh);
            } finally {
                changing.unlock();
            }
        });
    }

    /** On a thread that others need too: a failure here must not end it. */
    private static void elsewhere(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("the workers stay as they are", e);
        }
    }

    /**
     * Finds what a call goes to.
     *
     * @param bundle {@code name} for the default version, {@code name@1.2.3} for exactly this one, {@code name@1} or
     *     {@code name@1.2} for the highest that begins so and is no pre-release
     * @throws OpsException {@code BUNDLE_NOT_FOUND} or {@code FUNCTION_NOT_FOUND}, saying what there is
     */
    public CallTarget resolve(String bundle, String function) {
        Release current = release;
        BundleReference named = BundleReference.parse(bundle);
        String name = named.name();
        DeployedBundle deployed = current.deployed(name)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "no bundle is named \"" + name + "\"; "
                                + listing("deployed are", current.bundles().keySet())));
        DeployedVersion version = chosen(deployed, named)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "bundle \"" + name + "\" has no version "
                                + named.version().orElse("") + "; it has " + deployed.listed()));
        return new CallTarget(current, version, exported(version, function));
    }

    private static ExportedFunction exported(DeployedVersion version, String function) {
        return version.version()
                .function(function)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "bundle \"" + version.version().name() + "\" exports no function \"" + function + "\"; "
                                + listing(
                                        "it exports",
                                        version.version().functions().keySet())));
    }

    /**
     * Finds what a call of just this version goes to: in the release that new calls see, else in an older one that is kept.
     *
     * @param id of the version
     * @param number of a release that had it
     * @throws OpsException {@code BUNDLE_NOT_FOUND} when it is not deployed any more, {@code FUNCTION_NOT_FOUND}
     */
    CallTarget resolve(String id, long number, String function) {
        return in(release, id)
                .or(() -> kept(number).flatMap(older -> in(older, id)))
                .map(found -> new CallTarget(found.release(), found.deployed(), exported(found.deployed(), function)))
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND, "the version " + id + " is not deployed any more"));
    }

    private static Optional<Located> in(Release one, String id) {
        return one.versions().stream()
                .filter(deployed -> deployed.version().id().equals(id))
                .findFirst()
                .map(deployed -> new Located(one, deployed));
    }

    private Optional<Release> kept(long number) {
        try {
            return Optional.of(kept.apply(number));
        } catch (OpsException e) {
            if (UNUSABLE.contains(e.code())) {
                LOG.debug("release={} has nothing to call", number, e);
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The version of a bundle that calls go to.
     *
     * @param bundle {@code name}, or {@code name@version} as for {@link #resolve}
     */
    public Optional<Located> find(String bundle) {
        Release current = release;
        BundleReference named = BundleReference.parse(bundle);
        return current.deployed(named.name())
                .flatMap(deployed -> chosen(deployed, named))
                .map(version -> new Located(current, version));
    }

    private static Optional<DeployedVersion> chosen(DeployedBundle deployed, BundleReference named) {
        return named.version().isEmpty()
                ? Optional.of(deployed.byDefault())
                : deployed.find(named.version().get());
    }

    /** As {@link CallService#limits}. */
    Map<String, Integer> limits() {
        Map<String, Integer> limits = new HashMap<>();
        release.bundles()
                .forEach((name, deployed) -> deployed.byDefault()
                        .version()
                        .manifest()
                        .serving()
                        .calls()
                        .running()
                        .ifPresent(most -> limits.put(name, most)));
        return limits;
    }

    private static String listing(String intro, Set<String> names) {
        int most = 20;
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        if (names.isEmpty()) {
            return "nothing is deployed";
        }
        return intro + " " + shown + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    @Override
    public CompletableFuture<WorkerSpec> spec(CallTarget target) {
        return workforce.spec(target.release(), target.deployed());
    }

    @Override
    public CompletableFuture<WorkerSpec> specAnew(CallTarget target) {
        return workforce.specAnew(target.release(), target.deployed());
    }

    @Override
    public OpsException notReady(CallTarget target, Deadline deadline) {
        return workforce.notReady(target.deployed(), deadline.allowed());
    }
}
