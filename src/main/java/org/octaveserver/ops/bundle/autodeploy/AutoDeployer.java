package org.octaveserver.ops.bundle.autodeploy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.PeriodicTasks;

/**
 * Keeps what is deployed in step with a folder (MPS: {@code auto_deploy}): a bundle file that appears or changes there is
 * deployed, one that vanishes is taken away. A file that is still being copied waits until it looks the same in two looks;
 * one that vanishes must be gone in two looks, since a replacement may be under way. What operators do by other ways stays
 * until the file itself changes. Thread-safe; looks run on a thread of its own.
 */
public final class AutoDeployer implements Managed {
    private static final Logger LOG = LogManager.getLogger(AutoDeployer.class);
    /** What is not the file's fault, and may be over at the next look. */
    private static final Set<ErrorKind> PASSING = Set.of(
            ErrorKind.UNAVAILABLE, ErrorKind.EXHAUSTED, ErrorKind.TIMEOUT, ErrorKind.CONFLICT, ErrorKind.INTERNAL);

    private final Folder folder;
    private final Duration interval;
    private final DeployTarget target;
    private final Ledger ledger;
    private final PeriodicTasks tasks = new PeriodicTasks("auto-deploy");

    /** Belongs to the looking thread, as does {@link #seen}. */
    private final Map<String, Deployment> known = new TreeMap<>();

    /** What the last look saw. */
    private Folder.Listing seen = new Folder.Listing(Map.of(), Map.of());

    /** Before the first look nobody knows what was there: a file that it misses is missing for the first time. */
    private boolean hasLooked;

    private final Backoff backoff = new Backoff();

    /** For the eyes of others: a deployment may take minutes. */
    private volatile Status status;

    /**
     * One file, for an operator.
     *
     * @param state {@code WAITING} until it looks the same twice, {@code DEPLOYED}, {@code SUPERSEDED} when another
     *     deployment has taken away what it became, or {@code FAILED}
     * @param bundle what it is deployed as: name and version
     */
    public record FileStatus(String file, String state, Optional<String> bundle, Optional<String> problem) {}

    /**
     * The folder and what is in it.
     *
     * @param problem why it cannot be read
     */
    public record Status(String directory, Optional<String> problem, List<FileStatus> files) {}

    /**
     * Watches nothing yet.
     *
     * @param directory is made at the start when it is not there
     * @param ledger a file of this server's, in which it remembers
     */
    public AutoDeployer(Path directory, Duration interval, DeployTarget target, Path ledger) {
        this.folder = new Folder(directory.toAbsolutePath());
        this.interval = interval;
        this.target = target;
        this.ledger = new Ledger(ledger);
        this.status = new Status(folder.directory().toString(), Optional.empty(), List.of());
    }

    @Override
    public void start() {
        readLedger();
        // A folder from which something was deployed is not made anew: it may be on a disk that is not mounted yet.
        if (known.values().stream().allMatch(one -> one.target().isEmpty())) {
            makeFolder();
        }
        tasks.repeat(Duration.ZERO, interval, this::look);
    }

    void readLedger() {
        known.putAll(ledger.read());
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder.directory());
        } catch (IOException e) {
            LOG.warn("the hot-deploy folder cannot be made (setting ops.auto-deploy.directory)", e);
        }
    }

    /** A file that is being deployed is deployed to its end, or not at all. */
    @Override
    public void stop() {
        tasks.stop();
    }

    /** The folder as it was at the end of the last step. */
    public Status status() {
        return status;
    }

    private void show(Optional<String> problem) {
        Set<String> names = new TreeSet<>(seen.files().keySet());
        names.addAll(known.keySet());
        status = new Status(
                folder.directory().toString(),
                problem,
                names.stream().map(name -> shown(name, deployment(name))).toList());
    }

    private FileStatus shown(String name, Deployment deployment) {
        String state = deployment.problem().isPresent()
                ? "FAILED"
                : deployment.target().map(this::presence).orElse("WAITING");
        return new FileStatus(
                name,
                state,
                deployment.target().map(became -> became.bundle() + " " + became.version()),
                deployment.problem());
    }

    private String presence(DeployTarget.Target became) {
        try {
            return target.isDeployed(became) ? "DEPLOYED" : "SUPERSEDED";
        } catch (OpsException e) {
            LOG.debug("nobody can say now what is deployed", e);
            return "DEPLOYED";
        }
    }

    /** Compares the folder with what is known, and does what has changed. */
    void look() {
        try {
            compareWith(folder.list());
            show(Optional.empty());
        } catch (IOException e) {
            // Nobody knows what is there now: nothing is taken away for that.
            Optional<String> problem = Optional.of(e + "; what was deployed from it stays");
            if (!problem.equals(status.problem())) {
                LOG.warn("the hot-deploy folder cannot be read (setting ops.auto-deploy.directory): {}", e.toString());
            }
            show(problem);
        }
    }

    private void compareWith(Folder.Listing now) {
        Folder.Listing before = seen;
        seen = now;
        now.problems().forEach((name, problem) -> fail(name, deployment(name).failed(problem)));
        now.files().forEach((name, stamp) -> {
            boolean settled = stamp.equals(before.files().get(name));
            if (settled && !deployment(name).isTried(stamp) && backoff.isDue(name)) {
                deploy(name, stamp);
            }
        });
        if (!hasLooked) {
            hasLooked = true;
            return;
        }
        for (String name : List.copyOf(known.keySet())) {
            if (!now.has(name) && !before.has(name) && backoff.isDue(name)) {
                retire(name);
            }
        }
    }

    private Deployment deployment(String name) {
        return known.getOrDefault(name, Deployment.NONE);
    }

    private DeployTarget.Source source(String name) {
        return new DeployTarget.Source(
                name,
                known.entrySet().stream()
                        .filter(other -> !other.getKey().equals(name) && seen.has(other.getKey()))
                        .flatMap(other -> other.getValue().target().stream())
                        .toList());
    }

    private void deploy(String name, FileStamp stamp) {
        Deployment before = deployment(name);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(folder.file(name)))) {
            remember(name, before.deployed(stamp, target.deploy(file, source(name), before.target())));
            folder.deleteError(name);
            backoff.succeeded(name);
        } catch (IOException e) {
            fail(name, before.failed("the file cannot be read: " + e));
        } catch (OpsException e) {
            boolean passing = PASSING.contains(e.code().kind());
            fail(name, passing ? before.failed(e.getMessage()) : before.refused(stamp, e.getMessage()));
        } catch (RuntimeException | Error e) {
            // The other files must not suffer from it.
            LOG.error("file={} deploying it failed", name, e);
            fail(name, before.failed("deploying it failed: " + e));
        }
    }

    private void fail(String name, Deployment failed) {
        if (!failed.problem().equals(deployment(name).problem())) {
            String why = failed.problem().orElse("");
            LOG.warn("file={} is not deployed: {}", name, why);
            folder.writeError(name, why);
        }
        backoff.failed(name);
        remember(name, failed);
    }

    private void retire(String name) {
        Deployment gone = deployment(name);
        try {
            gone.target().ifPresent(became -> target.retire(became, source(name)));
            known.remove(name);
            ledger.write(known);
            folder.deleteError(name);
            backoff.succeeded(name);
        } catch (OpsException e) {
            if (!gone.problem().equals(Optional.of(e.getMessage()))) {
                LOG.warn("file={} has gone, its bundle cannot be taken away: {}", name, e.getMessage());
            }
            backoff.failed(name);
            known.put(name, new Deployment(Optional.empty(), gone.target(), Optional.of(e.getMessage())));
        }
    }

    private void remember(String name, Deployment deployment) {
        known.put(name, deployment);
        ledger.write(known);
        show(Optional.empty());
    }
}
