package org.octaveserver.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The load generator: {@code wrk} with one thread, in a process of its own. */
final class Wrk {
    private static final String ANSWER_LIMIT = "120s";

    private final Path folder;
    private int scripts;

    /** Keeps its scripts in a directory. */
    Wrk(Path folder) {
        this.folder = folder;
    }

    /** One that runs. */
    record Running(Process process) {
        /** Waits for its end. */
        WrkResult result() throws IOException, InterruptedException {
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("wrk ended with status " + status + ": " + text.strip());
            }
            return WrkResult.parse(text);
        }
    }

    /** Starts it; it ends by itself. */
    Running start(Load load, Duration time) throws IOException {
        Process process = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + load.connections(),
                        "-d" + Math.max(1, time.toSeconds()) + "s",
                        "--latency",
                        "--timeout",
                        ANSWER_LIMIT,
                        "-s",
                        script(load).toString(),
                        load.address() + load.paths().get(0))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return new Running(process);
    }

    WrkResult run(Load load, Duration time) throws IOException, InterruptedException {
        return start(load, time).result();
    }

    private Path script(Load load) throws IOException {
        StringBuilder lua = new StringBuilder("wrk.method = \"POST\"\n");
        lua.append("wrk.headers[\"Content-Type\"] = \"application/json\"\n");
        load.headers().forEach((name, value) -> lua.append("wrk.headers[\"%s\"] = \"%s\"%n".formatted(name, value)));
        lua.append("local file = io.open(\"%s\", \"rb\")%nwrk.body = file:read(\"*a\")%nfile:close()%n"
                .formatted(load.body()));
        if (load.paths().size() > 1) {
            lua.append(inTurn(load.paths()));
        }
        scripts++;
        return Files.writeString(folder.resolve("load" + scripts + ".lua"), lua);
    }

    private static String inTurn(List<String> paths) {
        String list = paths.stream().map(path -> '"' + path + '"').collect(Collectors.joining(", "));
        return """
                local paths = {%s}
                local asked = 0
                request = function()
                  asked = asked + 1
                  return wrk.format(nil, paths[asked %% #paths + 1])
                end
                """.formatted(list);
    }
}
