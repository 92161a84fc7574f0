package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.cli.Ran;

/** What an operator types to deploy, look and go back: the client on a real server. */
class ReleaseCommandsIT {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int UNREACHABLE = 3;

    @TempDir
    Path folder;

    private TestServer server;

    /** Two bundles in version 1, then one of them in version 2. */
    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder, Map.of());
        assertThat(says(OK, "deploy", "--reason", "begin", file("a", "1.0.0"), file("b", "1.0.0")))
                .contains("a 1.0.0 deployed in release 1: beside, tell")
                .contains("b 1.0.0 deployed in release 1: beside, tell");
        assertThat(says(OK, "deploy", file("a", "2.0.0"))).contains("a 2.0.0 deployed in release 2");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String file(String name, String version) throws IOException {
        Path file = folder.resolve(name + "-" + version + ".zip");
        return Files.write(file, TellingBundle.zip(name, version, name + version))
                .toString();
    }

    private String says(int status, String... arguments) {
        Ran ran = Ran.asOperator("http://127.0.0.1:" + server.port(), server.token(), server.home(), arguments);
        assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(status);
        return ran.out() + ran.err();
    }

    @Test
    void releasesAreListedComparedAndGoneBackTo() throws IOException {
        assertThat(says(OK, "releases").lines().toList())
                .anySatisfy(line -> assertThat(line).startsWith("2 *").contains("a 1.0.0, 2.0.0 (default)"))
                .anySatisfy(line -> assertThat(line).startsWith("1 ").contains("begin"));
        assertThat(says(OK, "diff", "1", "2").lines().toList())
                .last()
                .asString()
                .matches("a +2\\.0\\.0 +- +- +- +- +1\\.0\\.0 -> 2\\.0\\.0 *");
        assertThat(says(OK, "diff", "2", "2")).isEqualTo("releases 2 and 2 have the same content\n");

        assertThat(says(OK, "rollback", "--dry-run")).contains("would have the content of release 1");
        assertThat(TellingBundle.ask(server, "a")).isEqualTo("a2.0.0");
        assertThat(says(OK, "rollback", "--reason", "it was better"))
                .startsWith("release 3 has the content of release 1\n")
                .containsPattern("a +- +2\\.0\\.0 +- +- +- +2\\.0\\.0 -> 1\\.0\\.0");
        assertThat(TellingBundle.ask(server, "a")).isEqualTo("a1.0.0");
        assertThat(says(OK, "rollback", "1")).contains("has the content of release 1 already");
        assertThat(says(OK, "rollback", "2")).startsWith("release 4 has the content of release 2\n");
        assertThat(TellingBundle.ask(server, "a")).isEqualTo("a2.0.0");
        assertThat(says(OK, "releases")).contains("it was better");
    }

    @Test
    void goingBackTwiceGoesBackFurtherAndOneDamagedReleaseIsInNobodysWay() throws IOException {
        says(OK, "deploy", file("a", "3.0.0"));
        assertThat(says(OK, "rollback")).startsWith("release 4 has the content of release 2\n");
        Path release = server.home().resolve("bundles/releases/3/release.json");
        Files.writeString(release, "{ this is no JSON");
        assertThat(says(OK, "releases"))
                .containsPattern("(?m)^4 \\* .* rollback to 2 +a 1\\.0\\.0, 2\\.0\\.0 \\(default\\)")
                .containsPattern("(?m)^3 +release 3 is damaged: .*" + release + ", line 1: ");
        assertThat(says(REFUSED, "rollback", "3"))
                .contains("release 3 is damaged")
                .contains("line 1");
        assertThat(says(OK, "rollback")).startsWith("release 5 has the content of release 1\n");
        assertThat(TellingBundle.ask(server, "a")).isEqualTo("a1.0.0");
        assertThat(says(REFUSED, "rollback")).contains("there is none before that");
        says(OK, "deploy", file("c", "1.0.0"));
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws IOException {
        Path bad = Files.write(
                folder.resolve("bad.zip"),
                TestBundle.named("bad")
                        .file("f.m", "function f ()\n  x = = 1;\nendfunction\n")
                        .zip());
        assertThat(says(REFUSED, "deploy", file("c", "1.0.0"), bad.toString()))
                .contains("bad.zip")
                .contains("f.m:2");
        assertThat(says(REFUSED, "deploy", "--if-release", "77", file("c", "1.0.0")))
                .contains("is current, not 77");
        assertThat(says(REFUSED, "rollback", "99")).contains("there is no release 99");
        assertThat(says(REFUSED, "diff", "1", "99")).contains("there is no release 99");
        assertThat(says(USAGE, "deploy", folder.resolve("nothing.zip").toString()))
                .contains("nothing.zip");
        assertThat(says(USAGE, "diff", "1")).contains("M");
        assertThat(says(UNREACHABLE, "releases", "--server", "http://127.0.0.1:1"))
                .contains("--server");
        assertThat(new Releasing(server).current()).isEqualTo(2);
        server.callThatFails("/c/tell", 404, TellingBundle.CALL);
    }

    @Test
    void aBuildIsWaitedForAndOneThatNobodyWaitsForGoesOn() throws IOException {
        assertThat(says(OK, "deploy", slow("1.0.0"))).contains("slow 1.0.0 deployed");
        assertThat(says(UNREACHABLE, "deploy", "--timeout", "1", slow("2.0.0")))
                .contains("did not answer within 1 s")
                .contains("may still do what it was asked for");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(server.call("/slow/f", 1, "[]").toString()).isEqualTo("[\"2.0.0\"]"));
    }

    /** A package whose Makefile takes its time. */
    private String slow(String version) throws IOException {
        byte[] file = TestBundle.packaged("slow", version)
                .file("slow/src/Makefile", "all:\n\tsleep 3\n")
                .file("slow/inst/f.m", "function r = f ()\n  r = \"" + version + "\";\nendfunction\n")
                .zip();
        return Files.write(folder.resolve("slow-" + version + ".zip"), file).toString();
    }
}
