package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.job.TestJobs;
import org.octaveserver.ops.lifecycle.Lifecycle;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.lifecycle.WorkThreads;
import org.octaveserver.ops.security.AccessPolicy;
import org.octaveserver.ops.security.AdminToken;
import org.octaveserver.ops.security.SecuritySettings;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.CorsPolicy;
import org.octaveserver.ops.web.edge.GoneClients;
import org.octaveserver.ops.web.edge.HeldBytes;
import org.octaveserver.ops.web.mps.SharedParts;

/** The web faces of jobs in a real web server, over jobs whose functions do what a test says. */
abstract class JobFacesFixture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HELD = 1 << 20;

    @TempDir
    Path directory;

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Lifecycle lifecycle = new Lifecycle();
    private TestJobs jobs;
    private Servers server;

    private record Trusting(boolean anonymousLoopback) implements SecuritySettings {}

    @BeforeEach
    void start() {
        jobs = new TestJobs(directory, 10);
        AdminToken token = AdminToken.readOrCreate(directory.resolve("token"), new SecureRandom());
        AccessCheck access = new AccessCheck(new AccessPolicy(new Trusting(true), token), CorsPolicy.OFF);
        SharedParts shared = new SharedParts(
                lifecycle.add(new WorkThreads("large", 2)),
                lifecycle.add(new Watchdog()),
                lifecycle.add(new GoneClients()),
                new HeldBytes(HELD));
        JobFaces faces = JobFaces.of(
                jobs.service(),
                (uri, member) -> {},
                new JobFaces.Needs(access, Servers.Http.on("127.0.0.1"), shared, lifecycle));
        lifecycle.start();
        server = new Servers(
                directory.resolve("tomcat"),
                "127.0.0.1",
                new WebApplication.Web(
                        new WebFaces(access).with(faces.resource()).build(),
                        new HttpFilter() {},
                        new HttpFilter() {},
                        faces.filters(),
                        CorsPolicy.OFF));
    }

    @AfterEach
    void stop() {
        lifecycle.stop();
        jobs.close();
        server.close();
    }

    TestJobs jobs() {
        return jobs;
    }

    String address() {
        return server.address();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder asAdmin(HttpRequest.Builder request) {
        try {
            return request.header(
                    "Authorization",
                    "Bearer " + Files.readString(directory.resolve("token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer as JSON, of a request that must succeed. */
    static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return json(response);
    }
}
