package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of bundles and of the node, as their callers and deployers meet them. */
final class LimitedBundlesIT {
    private static final Duration KILLED = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(
                folder,
                Map.of(
                        "ops.limits.max-memory",
                        "400MB",
                        "ops.limits.processes",
                        "30",
                        "ops.limits.max-timeout",
                        "20s"));
        server.deploy(TestBundle.named(
                        "tight",
                        "1.0.0",
                        ",\"limits\":{\"timeout\":\"20s\",\"cpu\":\"1s\",\"memory\":\"300MB\",\"output\":\"1MB\",\"result\":\"100KB\","
                                + "\"file-size\":\"1MB\",\"open-files\":32,\"address-space\":\"2GB\"}")
                .function("busy ()", "while (true)", "endwhile")
                .function("hoard ()", "x = ones (1e8, 1); pause (10);")
                .function("chatter ()", "while (true)", "puts (repmat ('x', 1, 10000));", "endwhile")
                .function("r = large ()", "r = zeros (1000);")
                .function("r = huge ()", "r = ones (4e8, 1);")
                .function(
                        "bomb ()",
                        "system ('b() { [ $1 -gt 300 ] || { sleep 8642 & b $(($1+1)) & }; sleep 8642; }; b 0');")
                .function(
                        "writer ()",
                        "f = fopen ('big', 'w');",
                        "for i = 1:20",
                        "fwrite (f, zeros (1e5, 1)); fflush (f);",
                        "endfor")
                .function("r = opener ()", "do", "[r, why] = fopen ('/etc/passwd');", "until (r < 0)", "error (why);")
                .function("r = fine (x)", "r = 2 * x;"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String failure(String function, int nargout, int status) {
        String text = server.callThatFails("/tight/" + function, status, "{\"nargout\":" + nargout + ",\"rhs\":[]}")
                .toString();
        // Another worker is there at once.
        assertThat(server.call("/tight/fine", 1, "[4]").get(0).asInt()).isEqualTo(8);
        return text;
    }

    @Test
    void processorTime() {
        assertThat(failure("busy", 0, 504))
                .contains("of processor time; the limit is 1 s (limits.cpu of the bundle's ops.json)");
    }

    @Test
    void memory() {
        assertThat(failure("hoard", 0, 504))
                .contains("MB of memory; the limit is 300MB (limits.memory of the bundle's ops.json)");
    }

    @Test
    void output() {
        assertThat(failure("chatter", 0, 504))
                .contains("bytes and more; the limit is 1MB (limits.output of the bundle's ops.json)");
    }

    @Test
    void processesByTheNodesSetting() {
        assertThat(failure("bomb", 0, 504))
                .contains("processes beside Octave; the limit is 30 (setting ops.limits.processes)");
        // The answer need not wait until hundreds of processes have ended.
        await().atMost(KILLED)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .filter(process ->
                                        process.info().commandLine().orElse("").contains("sleep 8642")))
                        .isEmpty());
    }

    @Test
    void fileSize() {
        assertThat(failure("writer", 0, 504)).contains("the limit is 1MB (limits.file-size of the bundle's ops.json)");
    }

    @Test
    void results() {
        assertThat(failure("large", 1, 413))
                .contains("8000028 bytes; 102400 are allowed (limits.result of the bundle's ops.json)");
    }

    @Test
    void whatOctaveItselfTellsNamesTheLimitToo() {
        assertThat(server.callThatThrows("/tight/huge", 1, "[]").get("message").asText())
                .endsWith(
                        "[the limit of its worker: address-space 2GB (limits.address-space of the bundle's ops.json)]");
        assertThat(server.callThatThrows("/tight/opener", 1, "[]")
                        .get("message")
                        .asText())
                .endsWith("[the limit of its worker: open-files 32 (limits.open-files of the bundle's ops.json)]");
    }

    @Test
    void aBundleThatAsksForMoreThanTheCeilingIsRefused() {
        assertThat(server.deployRefused(
                                TestBundle.named("greedy", "1.0.0", ",\"limits\":{\"memory\":\"1GB\"}")
                                        .function("f ()", "")
                                        .zip(),
                                400)
                        .toString())
                .contains("limits.memory")
                .contains("is 1GB; this server allows 400MB (setting ops.limits.max-memory)");
        assertThat(server.deployRefused(
                                TestBundle.named("slow", "1.0.0", ",\"limits\":{\"timeout\":\"1h\"}")
                                        .function("f ()", "")
                                        .zip(),
                                400)
                        .toString())
                .contains("this server allows 20 s (setting ops.limits.max-timeout)");
    }
}
