package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which version new calls go to. A new release is routed to only after its workers had a chance to start, so that the
 * first calls to it wait no longer than any other; until then calls go to the old one. Thread-safe: releases come one
 * after the other, reads come from everywhere.
 */
public final class Routing implements Consumer<Release> {
    private static final Duration PREPARATION_LIMIT = Duration.ofSeconds(10);

    private final WorkerPool pool;
    private final Runtimes runtimes;
    /** Two changes of what the pool keeps must not overtake each other. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Release release = Release.NONE;

    public Routing(WorkerPool pool, Runtimes runtimes) {
        this.pool = pool;
        this.runtimes = runtimes;
    }

    /** The release that new calls see. */
    public Release release() {
        return release;
    }

    /** Prepares workers of the next release, then routes to it, then lets those of the last one go. */
    @Override
    public void accept(Release next) {
        changing.lock();
        try {
            routeTo(next);
        } finally {
            changing.unlock();
        }
    }

    private void routeTo(Release next) {
        RuntimeStatus status = runtimes.status();
        if (status instanceof RuntimeStatus.Available available) {
            if (!release.equals(Release.NONE)) {
                pool.prepare(defaults(next, available.runtime()), Deadline.after(PREPARATION_LIMIT));
            }
            release = next;
            pool.keepOnly(all(next, available.runtime()), defaults(next, available.runtime()));
        } else {
            release = next;
        }
    }

    /** To be told when a runtime that was missing is there: only now workers can be kept ready. */
    public void runtimeAvailable(OctaveRuntime runtime) {
        changing.lock();
        try {
            pool.keepOnly(all(release, runtime), defaults(release, runtime));
        } finally {
            changing.unlock();
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
        BundleVersion version = chosen(deployed, bundle)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.BUNDLE_NOT_FOUND,
                        "bundle \"" + name + "\" has no version " + bundle.substring(at + 1) + "; it has "
                                + deployed.listed()));
        ExportedFunction exported = version.function(function)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "bundle \"" + name + "\" exports no function \"" + function + "\"; "
                                + listing("it exports", version.functions().keySet())));
        return new CallTarget(version, exported);
    }

    /**
     * The version of a bundle that calls go to.
     *
     * @param bundle {@code name}, or {@code name@version} as for {@link #resolve}
     */
    public Optional<BundleVersion> find(String bundle) {
        int at = bundle.indexOf('@');
        return release.deployed(at < 0 ? bundle : bundle.substring(0, at))
                .flatMap(deployed -> chosen(deployed, bundle));
    }

    private static Optional<BundleVersion> chosen(DeployedBundle deployed, String bundle) {
        int at = bundle.indexOf('@');
        return (at < 0 ? Optional.of(deployed.byDefault()) : deployed.find(bundle.substring(at + 1)))
                .map(DeployedVersion::version);
    }

    private static String listing(String intro, Set<String> names) {
        int most = 20;
        String shown = names.stream().limit(most).collect(Collectors.joining(", "));
        if (names.isEmpty()) {
            return "nothing is deployed";
        }
        return intro + " " + shown + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private static Set<WorkerSpec> all(Release release, OctaveRuntime runtime) {
        return release.versions().stream()
                .map(deployed -> spec(deployed.version(), runtime))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Workers are kept ready for these only; those of other versions start when they are called. */
    private static Set<WorkerSpec> defaults(Release release, OctaveRuntime runtime) {
        return release.defaults().stream()
                .map(version -> spec(version, runtime))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What workers of a version are started for; also the key of the pool. */
    static WorkerSpec spec(BundleVersion version, OctaveRuntime runtime) {
        return new WorkerSpec(version.id(), runtime.command(), List.of(version.loadPath(runtime.id())));
    }
}
