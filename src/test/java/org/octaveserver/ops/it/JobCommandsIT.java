package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.cli.Ran;

/** What somebody types who has long calls: the client on a real server with real Octave. */
class JobCommandsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int OK = 0;
    private static final int REFUSED = 1;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "2"));
        server.deploy(demo());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestBundle demo() {
        return TestBundle.named("demo", "1.0.0", ",\"jobs\":{\"idempotent\":[\"awaits\"],\"cancel-grace\":\"1s\"}")
                .function("[a, b] = two (x)", "printf ('printed'); a = x + 1;", "b = 'text';")
                .function("fails (x)", "error ('demo:bad', 'no such %s', x);")
                .function(
                        "r = awaits (file)",
                        "printf ('waiting ... '); fflush (stdout);",
                        "ops.progress (0.25, 'for a file');",
                        "while (! exist (file, 'file')) pause (0.01); endwhile",
                        "printf ('there\\n');",
                        "r = 7;");
    }

    private static String says(int status, String... arguments) {
        Ran ran = ops(arguments);
        assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(status);
        return ran.out() + ran.err();
    }

    private static Ran ops(String... arguments) {
        return Ran.asOperator("http://127.0.0.1:" + server.port(), server.token(), server.home(), arguments);
    }

    private static String awaiting(Path file) {
        return says(OK, "submit", "demo/awaits", "\"" + file + "\"").strip();
    }

    private static void awaitSaying(String text, String... arguments) {
        Awaitility.await().atMost(LONG).until(() -> ops(arguments).out().contains(text));
    }

    @Test
    void waitingIsLikeCalling() {
        List<String> arguments = List.of("demo/two", "41", "--nargout", "2");
        Ran called = with("call", arguments);
        Ran waited = with("submit", List.of("demo/two", "41", "--nargout", "2", "--wait"));
        assertThat(called.out()).isEqualTo("ans1 = 42\nans2 = text\n");
        assertThat(waited.out()).isEqualTo(called.out());
        assertThat(waited.status()).isEqualTo(OK);
        assertThat(waited.err()).startsWith("job ").contains("printed").contains("RETURNED");
    }

    @Test
    void waitingForAFunctionThatThrowsIsLikeCallingIt() {
        List<String> arguments = List.of("demo/fails", "\"file\"", "--nargout", "0");
        Ran called = with("call", arguments);
        Ran waited = with("submit", List.of("demo/fails", "\"file\"", "--nargout", "0", "--wait"));
        assertThat(called.err()).startsWith("error: no such file");
        assertThat(waited.out()).isEqualTo(called.out());
        assertThat(waited.err()).endsWith(called.err());
        assertThat(waited.status()).isEqualTo(called.status()).isEqualTo(REFUSED);
    }

    private static Ran with(String command, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        return ops(all.toArray(String[]::new));
    }

    @Test
    void aJobIsFoundLookedAtAndCollected() {
        String id = says(OK, "submit", "demo/two", "1", "--client", "me").strip();
        assertThat(id).matches("[0-9a-f-]{36}");
        Ran followed = ops("job", id, "--follow");
        assertThat(followed.out()).isEqualToNormalizingNewlines("printed\nans = 2\n");
        assertThat(followed.err()).endsWith("RETURNED 100 %" + System.lineSeparator());
        assertThat(followed.status()).isEqualTo(OK);
        assertThat(says(OK, "jobs", "--state", "returned", "--bundle", "demo"))
                .containsPattern("(?m)^" + id + "  RETURNED  100 %  +demo@1\\.0\\.0/two +20.*Z  \\d+\\.\\d s$");
        assertThat(says(OK, "job", id))
                .contains("state    RETURNED")
                .contains("by       admin, as client me")
                .contains("begun    ")
                .doesNotContain("attempt");
        assertThat(says(OK, "job", id, "--output")).isEqualTo("printed" + System.lineSeparator());
        assertThat(says(OK, "job", id.substring(0, id.length() - 1), "--result"))
                .isEqualTo("ans = 2\n");
        assertThat(says(REFUSED, "cancel", id)).contains(id + ": the job has finished before: RETURNED");
    }

    @Test
    void theSameKeyIsTheSameJob() {
        String id = says(OK, "submit", "demo/two", "1", "--key", "a \"key\"");
        assertThat(says(OK, "submit", "demo/two", "1", "--key", "a \"key\"")).isEqualTo(id);
        assertThat(says(REFUSED, "submit", "demo/two", "2", "--key", "a \"key\""))
                .contains("was used for another request");
    }

    @Test
    void aJobIsCancelledWhileItRuns() {
        String id = awaiting(folder.resolve("never"));
        awaitSaying("RUNNING", "job", id);
        assertThat(says(REFUSED, "job", id, "--result")).contains("has no result yet");
        assertThat(says(OK, "cancel", id))
                .isEqualTo("cancelled " + id + ", demo@1.0.0/awaits, which was RUNNING" + System.lineSeparator());
        assertThat(says(REFUSED, "job", id, "--follow")).contains("CANCELLED").contains("error: the job was cancelled");
        assertThat(says(REFUSED, "cancel", id)).contains("was cancelled before");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        assertThat(says(REFUSED, "submit", "demo/none")).contains("none");
        assertThat(says(REFUSED, "jobs", "--state", "done")).contains("known are QUEUED");
        assertThat(says(REFUSED, "job", "019ab000-1234-7abc-8def-0123456789ab", "--follow"))
                .contains("there is no job 019ab000");
    }

    @Test
    void whoStopsFollowingDoesNotStopTheJob() throws Exception {
        Path file = folder.resolve("later");
        Path seen = folder.resolve("seen");
        String id = awaiting(file);
        Process following = follow(id, seen);
        try {
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> Files.readString(seen).contains("waiting ... ")
                            && Files.readString(seen).contains("RUNNING 25 % for a file"));
            following.destroy();
            assertThat(following.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            following.destroyForcibly();
        }
        assertThat(Files.readString(seen)).contains("the job goes on").contains("ops cancel " + id);
        assertThat(says(OK, "job", id)).contains("state    RUNNING").contains("progress 25 % for a file");
        Files.createFile(file);
        assertThat(ops("job", id, "--follow").out()).isEqualTo("waiting ... there\nans = 7\n");
    }

    private static Process follow(String id, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("ops.test.basedir"), "bin", "ops")
                                .toString(),
                        "job",
                        id,
                        "--follow")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("OPS_HOME", server.home().toString());
        builder.environment().put("OPS_TOKEN", server.token());
        builder.environment().put("OPS_SERVER", "http://127.0.0.1:" + server.port());
        return builder.start();
    }

    @Test
    void followingOutlivesTheServer(@TempDir Path other) throws Exception {
        Path file = other.resolve("file");
        CompletableFuture<Ran> followed;
        try (TestServer first = ServerProcess.start(other, Map.of(), ServerProcess.Start.PLAIN)) {
            first.deploy(demo());
            String id = Ran.besideServer(first.home(), "submit", "demo/awaits", "\"" + file + "\"")
                    .out()
                    .strip();
            Path home = first.home();
            followed = CompletableFuture.supplyAsync(() -> Ran.besideServer(home, "job", id, "--follow"));
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> Ran.besideServer(home, "job", id).out().contains("RUNNING"));
        }
        try (TestServer second = ServerProcess.start(other, Map.of(), ServerProcess.Start.PLAIN)) {
            assertThat(second.home()).isNotEmptyDirectory();
            Files.createFile(file);
            Ran ran = followed.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(ran.out()).as(ran.err()).endsWith("there\nans = 7\n");
            assertThat(ran.err()).contains("trying again for 60 s").contains("RETURNED");
            assertThat(ran.status()).isEqualTo(OK);
        }
    }
}
