package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.octaveserver.ops.worker.TestModules;

/**
 * The WAR, exploded as Maven builds it, in an embedded Tomcat on any free port, with an {@code $OPS_HOME} of its own and
 * real Octave.
 */
public final class TestServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path WEBAPP = Path.of(System.getProperty("ops.test.webapp"));

    /** One for all servers of a test run: Tomcat registers itself with the JVM, once. */
    private static final ClassLoader CONTAINER =
            new URLClassLoader(containerClasses(), ClassLoader.getPlatformClassLoader());

    private final Path home;
    private final AutoCloseable tomcat;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(Path home, AutoCloseable tomcat) {
        this.home = home;
        this.tomcat = tomcat;
    }

    /** A server that is there. */
    static TestServer over(Path home, ServerProcess process) {
        return new TestServer(home, process);
    }

    /** The process that was started for it. */
    ServerProcess process() {
        return (ServerProcess) tomcat;
    }

    /** Starts the exploded WAR. */
    public static TestServer start(Path folder, Map<String, String> settings) {
        return start(folder, settings, WEBAPP);
    }

    /** Starts a WAR, a file or a directory. */
    public static TestServer start(Path folder, Map<String, String> settings, Path war) {
        Path home = folder.resolve("home");
        Map<String, String> parameters = new HashMap<>(settings);
        parameters.put("ops.home", home.toString());
        TestModules.provide(home, settings);
        try {
            Object tomcat = CONTAINER
                    .loadClass(TomcatRun.class.getName())
                    .getConstructor(Path.class, Path.class, Map.class)
                    .newInstance(folder.resolve("tomcat"), war, parameters);
            return new TestServer(home, (AutoCloseable) tomcat);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] containerClasses() {
        List<URL> urls = new ArrayList<>();
        urls.add(TomcatRun.class.getProtectionDomain().getCodeSource().getLocation());
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(WEBAPP.resolve("WEB-INF/standalone"))) {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return urls.toArray(URL[]::new);
    }

    public Path home() {
        return home;
    }

    public int port() {
        return ((IntSupplier) tomcat).getAsInt();
    }

    public String token() {
        try {
            return Files.readString(home.resolve("conf/admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request to a path, to be completed; gives up after 30 s. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> getAsAdmin(String path) {
        return send(request(path).header("Authorization", "Bearer " + token()));
    }

    public HttpResponse<String> sendAsAdmin(String method, String path, BodyPublisher body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/octet-stream")
                .method(method, body));
    }

    /** Calls a function with a body as it stands. */
    public HttpResponse<String> post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** Calls a function in small notation and answers the outputs, which it must have. */
    public JsonNode call(String path, int nargout, String rhs) {
        HttpResponse<String> response =
                post(path, "{\"nargout\":" + nargout + ",\"rhs\":" + rhs + ",\"outputFormat\":{\"mode\":\"small\"}}");
        assertThat(response.body()).startsWith("{\"lhs\":");
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response).get("lhs");
    }

    /** Calls a function that must throw, and answers the error. */
    public JsonNode callThatThrows(String path, int nargout, String rhs) {
        HttpResponse<String> response = post(path, "{\"nargout\":" + nargout + ",\"rhs\":" + rhs + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode error = json(response).get("error");
        assertThat(error.get("type").asText()).isEqualTo("matlaberror");
        return error;
    }

    /** Calls a function where something else than the function fails, and answers MPS's httperror. */
    public JsonNode callThatFails(String path, int status, String body) {
        return httpError(post(path, body), status);
    }

    public JsonNode httpError(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode error = json(response).get("error");
        assertThat(error.get("type").asText()).isEqualTo("httperror");
        assertThat(error.get("code").asInt()).isEqualTo(status);
        return error;
    }

    public HttpResponse<String> deploy(byte[] archive, String query) {
        return upload(BodyPublishers.ofByteArray(archive), query);
    }

    public HttpResponse<String> upload(BodyPublisher archive, String query) {
        return sendAsAdmin("POST", "/api/v1/bundles" + query, archive);
    }

    /** Deploys what must be deployable. */
    public JsonNode deploy(TestBundle bundle) {
        HttpResponse<String> response = deploy(bundle.zip(), "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    /** Deploys a directory as its author would, by {@code bin/ops deploy}, and answers what that wrote. */
    public String deployByCommand(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("ops.test.basedir"), "bin", "ops")
                                .toString(),
                        "deploy",
                        directory.toString())
                .redirectErrorStream(true);
        builder.environment().put("OPS_HOME", home.toString());
        builder.environment().remove("OPS_TOKEN");
        builder.environment().put("OPS_SERVER", "http://127.0.0.1:" + port());
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Deploys what must be refused, and answers the problem. */
    public JsonNode deployRefused(byte[] archive, int status) {
        HttpResponse<String> response = deploy(archive, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return json(response);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
