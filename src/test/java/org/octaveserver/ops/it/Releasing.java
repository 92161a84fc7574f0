package org.octaveserver.ops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Asks a server for releases of many changes.
 *
 * @param server whose operator asks
 */
record Releasing(TestServer server) {
    /** With files, the changes after them. */
    HttpResponse<String> ask(String query, String ifMatch, Map<String, byte[]> files, String changes) {
        Map<String, Supplier<InputStream>> contents = new TreeMap<>();
        files.forEach((name, content) -> contents.put(name, () -> new ByteArrayInputStream(content)));
        return streamed(query, ifMatch, contents, changes);
    }

    /** The same with files that are read as they are sent. */
    HttpResponse<String> streamed(
            String query, String ifMatch, Map<String, Supplier<InputStream>> files, String changes) {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> multipart(files, changes));
        return send(query, ifMatch, "multipart/form-data; boundary=b", body);
    }

    /** Without files. */
    HttpResponse<String> ask(String query, String ifMatch, String changes) {
        return send(query, ifMatch, "application/json", BodyPublishers.ofString(changes));
    }

    /** What must become a release; answers it. */
    JsonNode make(Map<String, byte[]> files, String changes) {
        HttpResponse<String> response = files.isEmpty() ? ask("", "*", changes) : ask("", "*", files, changes);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return TestServer.json(response);
    }

    /** The number of the current release. */
    long current() {
        return TestServer.json(server.getAsAdmin("/api/v1/releases"))
                .get("current")
                .asLong();
    }

    HttpResponse<String> send(String query, String ifMatch, String type, BodyPublisher body) {
        return server.send(server.request("/api/v1/releases" + query)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", type)
                .header("If-Match", ifMatch)
                .POST(body));
    }

    private static InputStream multipart(Map<String, Supplier<InputStream>> files, String changes) {
        List<InputStream> parts = new ArrayList<>();
        files.forEach((name, content) -> {
            parts.add(bytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n"));
            parts.add(content.get());
            parts.add(bytes("\r\n"));
        });
        parts.add(bytes("--b\r\nContent-Disposition: form-data; name=\"changes\"\r\n\r\n" + changes + "\r\n--b--\r\n"));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
