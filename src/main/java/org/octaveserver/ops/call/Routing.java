package org.octaveserver.ops.call;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which version new calls go to. A new release is routed to only after its workers had a chance to start, so that the
 * first calls to it wait no longer than any other; until then calls go to the old one. Thread-safe: releases come one
 * after the other, reads come from everywhere.
 */
public final class Routing implements Consumer<Release> {
    private static final Logger LOG = LogManager.getLogger(Routing.class);

    private final Workforce workforce;
    /** Two changes of what the pool keeps must not overtake each other. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Release release = Release.NONE;
    private volatile long newest;

    /**
     * Routing that leads nowhere yet.
     *
     * @param trees makes what runtimes load where it is missing
     */
    public Routing(WorkerPool pool, Runtimes runtimes, TreePreparer trees) {
        this.workforce = new Workforce(pool, runtimes, trees);
    }

    /** The release that new calls see. */
    public Release release() {
        return release;
    }

    /**
     * Prepares workers of the next release, then routes to it, then lets those of the last one go. Where this node has to
     * make first what such workers load, that goes on in the background, and calls go to the last release meanwhile.
     */
    @Override
    public void accept(Release next) {
        newest = next.number();
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
            if (next.number() == newest) {
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
        int at = bundle.indexOf('@');
        String name = at < 0 ? bundle : bundle.substring(0, at);
        DeployedBundle deployed = current.deployed(name)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "no bundle is named \"" + name + "\"; "
                                + listing("deployed are", current.bundles().keySet())));
        DeployedVersion version = chosen(deployed, bundle)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "bundle \"" + name + "\" has no version " + bundle.substring(at + 1) + "; it has "
                                + deployed.listed()));
        ExportedFunction exported = version.version()
                .function(function)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "bundle \"" + name + "\" exports no function \"" + function + "\"; "
                                + listing(
                                        "it exports",
                                        version.version().functions().keySet())));
        return new CallTarget(current, version, exported);
    }

    /**
     * The version of a bundle that calls go to.
     *
     * @param bundle {@code name}, or {@code name@version} as for {@link #resolve}
     */
    public Optional<Located> find(String bundle) {
        Release current = release;
        int at = bundle.indexOf('@');
        return current.deployed(at < 0 ? bundle : bundle.substring(0, at))
                .flatMap(deployed -> chosen(deployed, bundle))
                .map(version -> new Located(current, version));
    }

    private static Optional<DeployedVersion> chosen(DeployedBundle deployed, String bundle) {
        int at = bundle.indexOf('@');
        return at < 0 ? Optional.of(deployed.byDefault()) : deployed.find(bundle.substring(at + 1));
    }

    private static String listing(String intro, Set<String> names) {
        int most = 20;
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        if (names.isEmpty()) {
            return "nothing is deployed";
        }
        return intro + " " + shown + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    /**
     * What a call asks the pool for.
     *
     * @param deadline of the call
     */
    WorkerSpec spec(CallTarget target, Deadline deadline) {
        return workforce.spec(target.release(), target.deployed(), deadline);
    }

    /** The same when the runtime has turned out to be another than it was. */
    WorkerSpec specAnew(CallTarget target, Deadline deadline) {
        return workforce.specAnew(target.release(), target.deployed(), deadline);
    }
}
