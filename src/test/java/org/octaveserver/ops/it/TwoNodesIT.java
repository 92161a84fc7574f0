package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.bundle.NodesAtWork;

/** Two servers with homes of their own on one bundles directory, with the settings that servers have by default. */
class TwoNodesIT {
    /** A node looks each second (ops.bundles.poll-interval); how quickly it then works is the machine's business. */
    private static final Duration FOLLOWED = Duration.ofSeconds(30);

    private static final int CLIENTS = 3;

    @TempDir
    Path folder;

    private TestServer one;
    private TestServer two;

    @BeforeEach
    void start() {
        one = node("one");
        two = node("two");
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private Path bundles() {
        return folder.resolve("shared");
    }

    private TestServer node(String name) {
        return TestServer.start(
                folder.resolve(name), Map.of("ops.bundles.directory", bundles().toString()));
    }

    private static void deploy(TestServer node, String version) {
        var response = node.deploy(TellingBundle.zip("tell", version, version), "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static void follows(TestServer node, String version) {
        Awaitility.await()
                .atMost(FOLLOWED)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(
                                node.post("/tell/tell", TellingBundle.CALL).body())
                        .contains(version));
    }

    @Test
    void eitherFollowsTheOtherWithoutAFailedCall() throws Exception {
        deploy(one, "1.0.0");
        follows(two, "1.0.0");
        Timeline everything = new Timeline();
        everything.begin("1.0.0");
        everything.end();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<SwitchClient> clients = new ArrayList<>();
        List<Future<Long>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SwitchClient(two, "tell", "", everything));
            calls.add(threads.submit(clients.get(i)));
        }
        try {
            for (String version : List.of("1.1.0", "1.2.0", "1.3.0", "1.4.0")) {
                everything.begin(version);
                deploy(one, version);
                follows(two, version);
                everything.end();
            }
        } finally {
            clients.forEach(SwitchClient::stop);
            threads.shutdown();
        }
        for (Future<Long> all : calls) {
            assertThat(all.get(30, TimeUnit.SECONDS)).isGreaterThan(10);
        }
        deploy(two, "2.0.0");
        follows(one, "2.0.0");
        assertThat(new Releasing(one).current()).isEqualTo(6);
    }

    @Test
    void whatOneNodeUsesNoOtherRemoves() throws Exception {
        deploy(one, "1.0.0");
        follows(two, "1.0.0");
        Path kept = version("1.0.0");
        announced(2, "tell@" + kept.getFileName());
        new Releasing(one).make(Map.of(), "{\"changes\":[{\"retire\":\"tell\"}]}");

        NodesAtWork collector = new NodesAtWork(bundles());
        collector.collect();
        assertThat(kept).as("both nodes told that they use it").isDirectory();

        // One leaves, the other is gone without a word: its file is all that is left of it.
        one.close();
        awaitNodes(1);
        Path last = nodes().get(0);
        two.close();
        awaitNodes(0);
        Files.writeString(last, "{\"format\":1,\"release\":1,\"versions\":[\"tell@" + kept.getFileName() + "\"]}");
        collector.collect();
        assertThat(kept).as("a node that was heard of a moment ago lives").isDirectory();
        Files.setLastModifiedTime(last, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        collector.collect();
        assertThat(kept).as("a node that is silent for long is dead").doesNotExist();
        assertThat(last).doesNotExist();

        start();
        deploy(one, "1.0.0");
        follows(two, "1.0.0");
    }

    @Test
    void aNodeThatWasAwayFindsWhatHappenedMeanwhile() {
        deploy(one, "1.0.0");
        follows(two, "1.0.0");
        two.close();
        deploy(one, "2.0.0");
        two = node("two");
        assertThat(TellingBundle.ask(two, "tell")).isEqualTo("2.0.0");
        assertThat(TellingBundle.ask(two, "tell@1")).isEqualTo("1.0.0");
    }

    @Test
    void aNodeTellsWhichReleaseItPreparesAndWhatFailed() {
        deploy(one, "1.0.0");
        follows(two, "1.0.0");
        new NodesAtWork(bundles()).deployWhatOthersCannotBuild();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    JsonNode status = TestServer.json(two.getAsAdmin("/api/v1/status"));
                    assertThat(status.at("/preparation/release").asLong()).isEqualTo(2);
                    assertThat(status.at("/preparation/versions/0/bundle").asText())
                            .startsWith("slow@1.0-");
                    assertThat(status.at("/preparation/versions/0/state").asText())
                            .isEqualTo("PREPARING");
                    assertThat(status.path("release").asLong()).isEqualTo(1);
                });
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode status = TestServer.json(two.getAsAdmin("/api/v1/status"));
            assertThat(status.path("release").asLong()).isEqualTo(2);
            assertThat(status.path("preparation").has("release")).isFalse();
            assertThat(status.at("/preparation/versions/0/state").asText()).isEqualTo("FAILED");
            assertThat(status.at("/preparation/versions/0/problem").asText()).contains("could not be prepared");
        });
    }

    private Path version(String version) throws IOException {
        JsonNode listed = TestServer.json(one.getAsAdmin("/api/v1/bundles")).at("/bundles/0");
        return bundles()
                .resolve("store/tell")
                .resolve(version + "-" + listed.get("digest").asText().substring(0, 12));
    }

    private List<Path> nodes() throws IOException {
        try (Stream<Path> files = Files.list(bundles().resolve("nodes"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private void awaitNodes(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(nodes()).hasSize(count));
    }

    /** Nodes tell every ten seconds. */
    private void announced(int count, String version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(nodes())
                        .hasSize(count)
                        .allSatisfy(file -> assertThat(file).content().contains(version)));
    }
}
