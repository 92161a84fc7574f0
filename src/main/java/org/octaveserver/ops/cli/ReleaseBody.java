package org.octaveserver.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The body that asks a server to deploy files in one release: {@code multipart/form-data}, the files read from the disk
 * as they are sent.
 *
 * @param files what to deploy
 * @param reason why, or empty
 * @param asDefault whether callers get the versions who name none
 * @param replace whether versions that are deployed may get other content
 * @param runtime the Octave to deploy to, if not what each bundle fits decides
 */
record ReleaseBody(
        List<BundleToDeploy> files, String reason, boolean asDefault, boolean replace, Optional<String> runtime) {
    /**
     * A file.
     *
     * @param label what the user calls it; messages of the server name it so
     * @param file where it is
     * @param defaultName what its bundle is called if it says nothing itself
     */
    record BundleToDeploy(String label, Path file, String defaultName) {}

    ReleaseBody {
        files = List.copyOf(files);
    }

    /** No file has this in it. */
    static String boundary() {
        return "ops-" + UUID.randomUUID();
    }

    /**
     * The whole body.
     *
     * @throws FileNotFoundException when a file is not there
     */
    BodyPublisher publisher(String boundary) throws FileNotFoundException, JsonProcessingException {
        List<BodyPublisher> parts = new ArrayList<>();
        parts.add(text(part(boundary, "changes", "application/json") + changes() + "\r\n"));
        for (BundleToDeploy one : files) {
            String name = "file\"; filename=\"" + sent(one.label());
            parts.add(text(part(boundary, name, "application/octet-stream")));
            parts.add(BodyPublishers.ofFile(one.file()));
            parts.add(text("\r\n"));
        }
        parts.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text);
    }

    private static String part(String boundary, String name, String type) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: " + type
                + "\r\n\r\n";
    }

    private String changes() throws JsonProcessingException {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode plan = json.createObjectNode().put("reason", reason);
        var changes = plan.putArray("changes");
        for (BundleToDeploy one : files) {
            ObjectNode change = changes.addObject()
                    .put("deploy", sent(one.label()))
                    .put("default", asDefault)
                    .put("replace", replace)
                    .put("name", one.defaultName());
            runtime.ifPresent(id -> change.put("runtime", id));
        }
        return json.writeValueAsString(plan);
    }

    /** A label that stands between quotes in a header: not everyone agrees on how to escape there. */
    private static String sent(String label) {
        return label.replace('\\', '/').replaceAll("[\\p{Cntrl}\"]", "?");
    }
}
