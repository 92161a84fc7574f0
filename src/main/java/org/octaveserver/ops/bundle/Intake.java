package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The files of one request: received first, in whatever order they come, then stored. Callers see nothing of them until
 * a change deploys them. Closing removes what was not stored. Not thread-safe.
 */
public final class Intake implements AutoCloseable {
    private static final int MAX_FILES = 1000;

    private final Staging staging;
    private final Incoming.Workspace workspace;
    private final List<BundleVersion> deployed;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    /**
     * An intake.
     *
     * @param deployed what its bundles may depend on, beside each other
     */
    Intake(Staging staging, Incoming.Workspace workspace, List<BundleVersion> deployed) {
        this.deployed = List.copyOf(deployed);
        this.staging = staging;
        this.workspace = workspace;
    }

    /**
     * Receives a file.
     *
     * @param name what its sender calls it
     * @param content read to its end, not closed
     * @throws OpsException ARCHIVE_TOO_LARGE, INVALID_ARCHIVE when it breaks off, INVALID_INPUT when there is one of that
     *     name, STORE_FAILED
     */
    public void receive(String name, InputStream content) {
        if (uploads.containsKey(name)) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, "two files are named " + Quoted.text(name) + "; a name tells one file");
        }
        if (uploads.size() == MAX_FILES) {
            throw new OpsException(ErrorCode.REQUEST_TOO_LARGE, "a request has at most " + MAX_FILES + " files");
        }
        try {
            uploads.put(name, staging.receive(content, workspace));
        } catch (OpsException e) {
            throw about(name, e);
        } catch (IOException e) {
            throw staging.failed(e);
        }
    }

    /**
     * How a file is to be stored.
     *
     * @param naming how its bundle is named
     * @param runtime the id of the runtime that the deployer names, if any
     */
    public record Wanted(BundleNaming naming, Optional<String> runtime) {
        /** On the runtime that its bundle fits. */
        public static Wanted of(BundleNaming naming) {
            return new Wanted(naming, Optional.empty());
        }
    }

    /** The names of what was received. */
    public Set<String> files() {
        return Set.copyOf(uploads.keySet());
    }

    /**
     * Checks and stores files.
     *
     * @param wanted which, and how
     * @return the versions, with the runtimes that were chosen for them, by the names of their files
     * @throws OpsException INVALID_ARCHIVE, INVALID_BUNDLE, BUILD_FAILED, SMOKE_CALL_FAILED, DEPENDENCY_UNSATISFIED,
     *     INVALID_INPUT for a file that was not received or a runtime that there is not, RUNTIME_UNAVAILABLE; the message
     *     names each file that is refused; STORE_FAILED
     */
    public Map<String, DeployedVersion> store(Map<String, Wanted> wanted) {
        Refusals refusals = new Refusals();
        Map<String, Staging.Unpacked> unpacked = new LinkedHashMap<>();
        wanted.forEach((name, how) ->
                refusals.collect(() -> unpack(name, how.naming())).ifPresent(one -> unpacked.put(name, one)));
        refuseTwoContents(unpacked, refusals);
        List<Manifest> manifests = new ArrayList<>();
        deployed.forEach(version -> manifests.add(version.manifest()));
        unpacked.values().forEach(one -> manifests.add(one.manifest()));
        Map<String, DeployedVersion> stored = new LinkedHashMap<>();
        for (String name : dependenciesFirst(unpacked)) {
            Staging.Unpacked one = requireNonNull(unpacked.get(name));
            Optional<String> runtime = requireNonNull(wanted.get(name)).runtime();
            Staging.Neighbours neighbours = new Staging.Neighbours(with(stored.values()), manifests);
            refusals.collect(() -> store(name, one, runtime, neighbours)).ifPresent(done -> stored.put(name, done));
        }
        refusals.throwIfAny();
        return stored;
    }

    /** Else the one would be held against the other as if it were deployed, or take its place unseen. */
    private static void refuseTwoContents(Map<String, Staging.Unpacked> unpacked, Refusals refusals) {
        Map<Map.Entry<BundleName, Version>, String> files = new HashMap<>();
        unpacked.forEach((name, one) -> {
            Manifest manifest = one.manifest();
            String first = files.putIfAbsent(Map.entry(manifest.name(), manifest.version()), name);
            String digest = one.upload().digest();
            if (first == null
                    || requireNonNull(unpacked.get(first)).upload().digest().equals(digest)) {
                return;
            }
            refusals.add(new OpsException(
                    ErrorCode.VERSION_CONFLICT,
                    Quoted.text(first) + " and " + Quoted.text(name) + " are both " + manifest.name() + " "
                            + manifest.version()
                            + ", with different content; give one another name or version, or leave it out"));
        });
    }

    /** What there is for the next one, those of this request that are stored already included. */
    private List<BundleVersion> with(Collection<DeployedVersion> stored) {
        return Stream.concat(deployed.stream(), stored.stream().map(DeployedVersion::version))
                .toList();
    }

    /** In a circle anyone comes first: choosing versions finds the circle, and says so. */
    private static List<String> dependenciesFirst(Map<String, Staging.Unpacked> unpacked) {
        Map<String, Staging.Unpacked> left = new LinkedHashMap<>(unpacked);
        List<String> order = new ArrayList<>();
        while (!left.isEmpty()) {
            String next = left.keySet().stream()
                    .filter(name -> left.values().stream()
                            .noneMatch(other -> requireNonNull(left.get(name))
                                    .manifest()
                                    .dependsOn(other.manifest().name())))
                    .findFirst()
                    .orElseGet(() -> left.keySet().iterator().next());
            left.remove(next);
            order.add(next);
        }
        return order;
    }

    private DeployedVersion store(
            String name, Staging.Unpacked unpacked, Optional<String> runtime, Staging.Neighbours neighbours) {
        try {
            return staging.store(unpacked, runtime, neighbours, workspace);
        } catch (OpsException e) {
            throw about(name, e);
        } catch (IOException e) {
            throw staging.failed(e);
        }
    }

    private Staging.Unpacked unpack(String name, BundleNaming naming) {
        Upload upload = Optional.ofNullable(uploads.get(name))
                .orElseThrow(() -> new OpsException(
                        ErrorCode.INVALID_INPUT,
                        "there is no file " + Quoted.text(name) + " in the request; it has "
                                + (uploads.isEmpty() ? "none" : String.join(", ", uploads.keySet()))));
        try {
            return staging.unpack(upload, naming, workspace);
        } catch (OpsException e) {
            throw about(name, e);
        } catch (IOException e) {
            throw staging.failed(e);
        }
    }

    private static OpsException about(String name, OpsException e) {
        return name.isEmpty() ? e : new OpsException(e.code(), Quoted.text(name) + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
