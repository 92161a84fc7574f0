package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.app.FaultyServer;
import org.octaveserver.ops.bundle.CollectingProcess;

/**
 * A server that dies at each step of a deployment (each kind of step, unless {@code ops.test.crashes} is set), and another one on what it left: it shows the old release or the new
 * one, its calls work, nothing is left over, and the same deployment succeeds.
 */
class CrashedServerIT {
    /** Of a release with two files: both are received, both unpacked; then each is prepared and stored. */
    private static final int STEPS_BEFORE_RELEASE = 8;

    private static final int STEPS = STEPS_BEFORE_RELEASE + 2;
    /** One of each kind: received, unpacked, prepared, stored, for the second file, then both of the release. */
    private static final List<Integer> USUALLY = List.of(2, 4, 7, STEPS_BEFORE_RELEASE, 9, STEPS);

    private static final List<Integer> TRIED = Boolean.getBoolean("ops.test.crashes")
            ? IntStream.rangeClosed(1, STEPS).boxed().toList()
            : USUALLY;

    private static final int STEPS_OF_ONE_FILE = 6;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = ServerProcess.start(
                folder,
                Map.of("ops.auto-deploy.interval", "50ms"),
                ServerProcess.Start.main(FaultyServer.class.getName(), fault().toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path fault() {
        return folder.resolve("fault");
    }

    private Path bundles() {
        return server.home().resolve("bundles");
    }

    private void dieAfter(int steps) throws IOException {
        Files.writeString(fault(), steps + "\n");
    }

    private void restartAfterDeath() {
        assertThat(server.process().awaitExit()).as(server.process().text()).isEqualTo(FaultyServer.DIED);
        start();
    }

    private JsonNode release(String version) {
        return new Releasing(server)
                .make(
                        Map.of(
                                "a.zip", TellingBundle.zip("a", version, "a" + version),
                                "b.zip", TellingBundle.zip("b", version, "b" + version)),
                        "{\"changes\":[{\"deploy\":\"a.zip\"},{\"deploy\":\"b.zip\"}]}");
    }

    @Test
    void aDeathAtEachStepLeavesTheOldReleaseOrTheNewOne() throws Exception {
        release("1.0.0");
        for (int step : TRIED) {
            long before = new Releasing(server).current();
            String old = TellingBundle.ask(server, "a").substring(1);
            String version = "1." + step + ".0";
            dieAfter(step);
            assertThatThrownBy(() -> release(version)).isInstanceOf(UncheckedIOException.class);
            restartAfterDeath();

            boolean stands = step > STEPS_BEFORE_RELEASE;
            assertThat(new Releasing(server).current()).as("after step " + step).isEqualTo(before + (stands ? 1 : 0));
            assertAnswers(stands ? version : old);
            assertThat(list("incoming")).isEmpty();
            if (!stands) {
                assertThat(release(version).get("number").asLong()).isEqualTo(before + 1);
            }
            assertAnswers(version);
            assertThat(stored()).as("after step " + step).isEqualTo(deployed());
        }
    }

    private void assertAnswers(String version) {
        for (String name : List.of("a", "b")) {
            assertThat(TellingBundle.ask(server, name)).isEqualTo(name + version);
        }
    }

    @Test
    void whatOnlyReachedTheStoreIsRemovedInTime() throws Exception {
        release("1.0.0");
        dieAfter(STEPS_BEFORE_RELEASE);
        assertThatThrownBy(() -> release("2.0.0")).isInstanceOf(UncheckedIOException.class);
        restartAfterDeath();
        assertThat(stored()).hasSize(4);

        CollectingProcess.collect(bundles(), "");

        assertThat(stored()).hasSize(2).isEqualTo(deployed());
        assertAnswers("1.0.0");
        release("2.0.0");
        assertAnswers("2.0.0");
    }

    @Test
    void aDeathWhileSomethingIsRemovedLeavesItWholeOrGone() throws Exception {
        release("1.0.0");
        release("2.0.0");
        new Releasing(server).make(Map.of(), "{\"changes\":[{\"retire\":\"a@1.0.0\"},{\"retire\":\"b@1.0.0\"}]}");
        for (String step : List.of("RELEASE_TAKEN", "VERSION_TAKEN")) {
            assertThat(collectAndDie(step)).isEqualTo(FaultyServer.DIED);
            assertThat(list("incoming")).hasSize(1);
            server.close();
            start();
            assertThat(list("incoming")).isEmpty();
            assertAnswers("2.0.0");
        }
        CollectingProcess.collect(bundles(), "");
        assertThat(stored()).isEqualTo(deployed());
        assertThat(list("releases")).containsExactly("3");
        release("1.0.0");
        assertAnswers("1.0.0");
    }

    private int collectAndDie(String step) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CollectingProcess.class.getName(),
                        bundles().toString(),
                        step)
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aDeathBeforeTheHotDeployFolderRemembersCostsNothing() throws Exception {
        dieAfter(STEPS_OF_ONE_FILE);
        put("1.0.0");
        restartAfterDeath();
        eventuallyDeployed("1.0.0");
        assertThat(new Releasing(server).current())
                .as("the same file is no new release")
                .isEqualTo(1);

        dieAfter(STEPS_OF_ONE_FILE - 1);
        put("2.0.0");
        restartAfterDeath();
        eventuallyDeployed("2.0.0");
        assertThat(new Releasing(server).current()).isEqualTo(2);

        // Taking away has no file to receive: its release is written, then switched.
        dieAfter(2);
        Files.delete(server.home().resolve("auto_deploy/a.zip"));
        restartAfterDeath();
        eventually("{}", server.home().resolve("auto_deploy.json"));
        server.callThatFails("/a/tell", 404, TellingBundle.CALL);
        assertThat(new Releasing(server).current()).isEqualTo(3);
        assertThat(list("incoming")).isEmpty();
    }

    private void put(String version) throws IOException {
        Path beside = Files.write(folder.resolve("beside"), TellingBundle.zip("a", version, "a" + version));
        Files.move(beside, server.home().resolve("auto_deploy/a.zip"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void eventuallyDeployed(String version) {
        eventually("\"version\":\"" + version + "\"", server.home().resolve("auto_deploy.json"));
        assertThat(TellingBundle.ask(server, "a")).isEqualTo("a" + version);
    }

    private static void eventually(String text, Path file) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(file).content().contains(text));
    }

    private List<String> list(String directory) throws IOException {
        try (Stream<Path> children = Files.list(bundles().resolve(directory))) {
            return children.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** The versions that are in the store, as {@code name/version-digest}. */
    private Set<String> stored() throws IOException {
        List<String> versions = new ArrayList<>();
        for (String name : list("store")) {
            list("store/" + name).forEach(version -> versions.add(name + "/" + version));
        }
        return new TreeSet<>(versions);
    }

    /** The versions that the kept releases name. */
    private Set<String> deployed() {
        Set<String> versions = new TreeSet<>();
        for (JsonNode release :
                TestServer.json(server.getAsAdmin("/api/v1/releases")).get("releases")) {
            JsonNode whole = TestServer.json(server.getAsAdmin(
                    "/api/v1/releases/" + release.get("number").asLong()));
            for (JsonNode bundle : whole.get("bundles")) {
                for (JsonNode version : bundle.get("versions")) {
                    versions.add(bundle.get("name").asText() + "/"
                            + version.get("version").asText() + "-"
                            + version.get("digest").asText().substring(0, 12));
                }
            }
        }
        return versions;
    }
}
