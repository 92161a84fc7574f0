package org.octaveserver.ops.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.it.TestBundle;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.store.JobFile;
import org.octaveserver.ops.worker.TestModules;

/** The server that is measured: {@code java -jar ops.war start}, in a directory of its own. */
final class MeasuredServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final int POLL_MILLIS = 5;
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");

    private final Path home;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private MeasuredServer(Path home, Process process) {
        this.home = home;
        this.process = process;
        // It must not outlive a benchmark that is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-of-server"));
    }

    /**
     * Starts it and waits until its port is open.
     *
     * @param war the file
     * @param options of its JVM
     * @param settings beside a free port
     */
    static MeasuredServer start(Path war, List<String> options, Path home, Map<String, String> settings)
            throws IOException, InterruptedException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("ops.http.port", "0");
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/ops.properties"), text.toString());
        TestModules.provide(home, settings);
        return run(war, options, home);
    }

    /** Starts it again when it has ended: with the same settings, and what is deployed. */
    MeasuredServer again(Options options) throws IOException, InterruptedException {
        return run(options.war(), options.java(), home);
    }

    private static MeasuredServer run(Path war, List<String> options, Path home)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(options);
        command.addAll(List.of("-jar", war.toString(), "start"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()));
        // They would be settings, or another level of its log.
        builder.environment().keySet().removeIf(name -> name.startsWith("OPS_"));
        builder.environment().put("OPS_HOME", home.toString());
        MeasuredServer server = new MeasuredServer(home, builder.start());
        try {
            server.awaitEndpoint();
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private static Path log(Path home) {
        return home.resolve("server.log");
    }

    private void awaitEndpoint() throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(START_LIMIT);
        while (Files.notExists(home.resolve("run/endpoint"))) {
            if (!process.isAlive() || deadline.passed()) {
                throw new IOException("the server did not start: " + log());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** What it has logged. */
    String log() throws IOException {
        return Files.readString(log(home));
    }

    String address() throws IOException {
        return Files.readString(home.resolve("run/endpoint")).strip();
    }

    /** Where its jobs are. */
    JobFile jobs() {
        return new JobFile(home.resolve("jobs/jobs.db"));
    }

    long pid() {
        return process.pid();
    }

    /** Counts what it and its workers use. */
    Costs.Clock clock() {
        return new Costs.Clock(pid(), home.resolve("run"));
    }

    /** The memory that it occupies, without its workers, in megabytes. */
    double resident() throws IOException {
        Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
        if (!line.find()) {
            throw new IOException("the server has ended: " + log());
        }
        return Long.parseLong(line.group(1)) / 1024.0;
    }

    /** Sends a request with a time limit. */
    HttpResponse<String> send(HttpRequest.Builder request, Duration limit) throws IOException, InterruptedException {
        return client.send(request.timeout(limit).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    HttpRequest.Builder asOperator(String path) throws IOException {
        String token = Files.readString(home.resolve("conf/admin-token")).strip();
        return request(path).header("Authorization", "Bearer " + token);
    }

    void deploy(TestBundle bundle) throws IOException, InterruptedException {
        HttpResponse<String> response = send(
                asOperator("/api/v1/bundles")
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bundle.zip())),
                START_LIMIT);
        if (response.statusCode() != 201) {
            throw new IOException("a bundle was not deployed: " + response.body());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
