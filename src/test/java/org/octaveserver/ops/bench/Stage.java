package org.octaveserver.ops.bench;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.it.TestBundle;
import org.octaveserver.ops.worker.SocketLoops;

/** What scenarios share: the server, the floors and the load generator, each started when it is first asked for. */
final class Stage implements AutoCloseable {
    static final String SMALL = "{\"nargout\":1,\"rhs\":[4]}";
    static final String SMALL_ANSWER = "{\"lhs\":[{\"mwdata\":[5],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String CONSTANT = "org.octaveserver.ops.app.ConstantServer";

    private final Options options;
    private final Path folder;
    private final Wrk wrk;
    private Optional<MeasuredServer> server = Optional.empty();
    private Optional<ChildJvm> constant = Optional.empty();
    private Optional<ChildJvm> loops = Optional.empty();
    private int servers;
    private boolean warm;

    /** Works in a directory, which belongs to it alone. */
    Stage(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.wrk = new Wrk(folder);
    }

    Options options() {
        return options;
    }

    Wrk wrk() {
        return wrk;
    }

    /** As many workers as there are processors. */
    static int workers() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The server as most scenarios want it: native workers, one for each processor. */
    MeasuredServer server() throws IOException, InterruptedException {
        if (server.isEmpty()) {
            server = Optional.of(startServer(Map.of()));
        }
        return server.get();
    }

    /** Another one, to be closed by whoever asks, with settings of its own and the same bundle. */
    MeasuredServer startServer(Map<String, String> settings) throws IOException, InterruptedException {
        MeasuredServer started = startEmpty(settings);
        try {
            started.deploy(bundle("bench", "1.0.0"));
            return started;
        } catch (IOException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    /** Another one without bundles. */
    MeasuredServer startEmpty(Map<String, String> settings) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        all.put("ops.worker.implementation", "native");
        all.put("ops.pool.max-workers", Integer.toString(workers()));
        all.putAll(settings);
        servers++;
        return MeasuredServer.start(options.war(), options.java(), folder.resolve("server" + servers), all);
    }

    /** The functions that are called. */
    static TestBundle bundle(String name, String version) {
        return TestBundle.named(name, version, "")
                .function("y = inc (x)", "y = x + 1;")
                .function("y = same (x)", "y = x;")
                .function("y = fails (x)", "error (\"bench:fails\", \"it fails\");")
                .function("y = rests (seconds)", "pause (seconds);", "y = seconds;")
                .function(
                        "y = works (seconds)",
                        "finish = cputime () + seconds;",
                        "while (cputime () < finish)",
                        "endwhile",
                        "y = seconds;");
    }

    /** The address of the bare servlet, which answers what the small call does. */
    String constant() throws IOException {
        if (constant.isEmpty()) {
            Path own = Files.createDirectories(folder.resolve("constant"));
            constant = Optional.of(new ChildJvm(options.java(), CONSTANT, own.toString(), SMALL_ANSWER));
        }
        return constant.get().first();
    }

    /** The bare loops over workers' sockets, as many as there are workers. */
    ChildJvm loops() throws IOException {
        if (loops.isEmpty()) {
            Path own = Files.createDirectories(folder.resolve("loops"));
            loops = Optional.of(new ChildJvm(
                    options.java(), SocketLoops.class.getName(), own.toString(), Integer.toString(workers())));
        }
        return loops.get();
    }

    /** Counts what the bare servlet uses. */
    Costs.Clock constantClock() throws IOException {
        String unused = constant();
        return new Costs.Clock(constant.orElseThrow().pid(), folder.resolve("constant"));
    }

    /** Counts what the bare loops use. */
    Costs.Clock loopsClock() throws IOException {
        return new Costs.Clock(loops().pid(), folder.resolve("loops"));
    }

    /** A new file, on the file system that the servers' files are on. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** A file with the body of a request. */
    Path body(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), text);
    }

    /** Calls of a server, after one of them was answered as it must be. */
    Load checked(MeasuredServer asked, String path, Path body, String answer) throws IOException, InterruptedException {
        Load load = new Load(asked.address(), List.of(path), Map.of(), body, 1);
        check(asked, load, answer);
        return load;
    }

    /** Calls the server that most scenarios share until it is warm; only once. */
    void warmUp(Load load) throws IOException, InterruptedException {
        if (!warm) {
            WrkResult unused = wrk.run(load.at(8), options.firstWarmUp());
            warm = true;
        }
    }

    /** Makes one call, which must be answered so. */
    void check(MeasuredServer asked, Load load, String answer) throws IOException, InterruptedException {
        for (String path : load.paths()) {
            var request = asked.request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofFile(load.body()));
            load.headers().forEach(request::header);
            HttpResponse<String> response = asked.send(request, ANSWER_LIMIT);
            if (response.statusCode() != 200 || !response.body().equals(answer)) {
                throw new IOException(
                        path + " was answered with " + response.statusCode() + " " + shortened(response.body()));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    @Override
    public void close() throws IOException {
        server.ifPresent(MeasuredServer::close);
        if (constant.isPresent()) {
            constant.get().close();
        }
        if (loops.isPresent()) {
            loops.get().close();
        }
    }
}
