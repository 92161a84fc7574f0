package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    Intake(Staging staging, Incoming.Workspace workspace) {
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

    /** The names of what was received. */
    public Set<String> files() {
        return Set.copyOf(uploads.keySet());
    }

    /**
     * Checks and stores files.
     *
     * @param wanted which, and how their bundles are named
     * @return the versions by the names of their files
     * @throws OpsException INVALID_ARCHIVE, INVALID_BUNDLE, INVALID_INPUT for a file that was not received; the message
     *     names each file that is refused; STORE_FAILED
     */
    public Map<String, BundleVersion> store(Map<String, BundleNaming> wanted) {
        Refusals refusals = new Refusals();
        Map<String, BundleVersion> stored = new LinkedHashMap<>();
        wanted.forEach((name, naming) ->
                refusals.collect(() -> store(name, naming)).ifPresent(version -> stored.put(name, version)));
        refusals.throwIfAny();
        return stored;
    }

    private BundleVersion store(String name, BundleNaming naming) {
        Upload upload = Optional.ofNullable(uploads.get(name))
                .orElseThrow(() -> new OpsException(
                        ErrorCode.INVALID_INPUT,
                        "there is no file " + Quoted.text(name) + " in the request; it has "
                                + (uploads.isEmpty() ? "none" : String.join(", ", uploads.keySet()))));
        try {
            return staging.store(upload, naming, workspace);
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
