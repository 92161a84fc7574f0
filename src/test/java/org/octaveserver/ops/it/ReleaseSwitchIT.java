package org.octaveserver.ops.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases are switched, in every way there is, while clients call without pause. */
class ReleaseSwitchIT {
    private static final int SWITCHES = 20;
    private static final int CLIENTS = 8;
    private static final long CALLS = Long.getLong("ops.test.calls", 5_000);
    private static final String FIRST = "1.0.0";

    @TempDir
    Path folder;

    private TestServer server;
    private Releasing releasing;

    /** By release, from 1 on: what the bundle must tell. */
    private final List<Expected> expected = new ArrayList<>(List.of(new Expected(Map.of(), "")));

    /**
     * What one release tells.
     *
     * @param contents by version
     * @param byDefault the default version
     */
    private record Expected(Map<String, String> contents, String byDefault) {
        String content(String version) {
            return requireNonNull(contents.get(version));
        }

        Expected with(String version, String content) {
            Map<String, String> more = new TreeMap<>(contents);
            more.put(version, content);
            return new Expected(more, version);
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of("ops.bundles.keep-versions", "50"));
        releasing = new Releasing(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void noCallFailsMixesOrSeesWhatWasBefore() throws Exception {
        Timeline timeline = new Timeline();
        timeline.begin(content(FIRST, 0));
        deployed(FIRST, content(FIRST, 0), upload(FIRST, content(FIRST, 0), ""));
        timeline.end();

        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<SwitchClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(
                    i == 0
                            ? new SwitchClient(server, "tell@" + FIRST, content(FIRST, 0), timeline)
                            : new SwitchClient(server, "tell", "", timeline));
        }
        List<Future<Long>> calls = new ArrayList<>();
        clients.forEach(client -> calls.add(threads.submit(client)));
        try {
            for (int i = 1; i <= SWITCHES; i++) {
                change(i, timeline);
            }
            while (clients.stream().mapToLong(SwitchClient::calls).sum() < CALLS
                    && calls.stream().noneMatch(Future::isDone)) {
                Thread.sleep(20);
            }
        } finally {
            clients.forEach(SwitchClient::stop);
            threads.shutdown();
        }
        long all = 0;
        for (Future<Long> one : calls) {
            long done = one.get(60, TimeUnit.SECONDS);
            assertThat(done).as("calls of one client").isPositive();
            all += done;
        }
        assertThat(all).isGreaterThanOrEqualTo(CALLS);
        assertThat(releasing.current()).isEqualTo(SWITCHES + 1);
    }

    private static String content(String version, int change) {
        return version + "#" + change;
    }

    private void change(int number, Timeline timeline) {
        Expected before = expected.get(number);
        String version = "1." + number + ".0";
        String told = content(version, number);
        switch (number % 5) {
            case 1 -> {
                timeline.begin(told);
                deployed(version, told, upload(version, told, ""));
            }
            case 2 -> {
                String same = before.byDefault();
                String other = content(same, number);
                timeline.begin(other);
                deployed(same, other, upload(same, other, "?replace=true"));
            }
            case 3 -> {
                timeline.begin(before.content(FIRST));
                releasing.make(Map.of(), "{\"changes\":[{\"makeDefault\":\"tell@" + FIRST + "\"}]}");
                expected.add(new Expected(before.contents(), FIRST));
            }
            case 4 -> {
                int old = Math.max(1, number - 3);
                Expected again = expected.get(old);
                timeline.begin(again.content(again.byDefault()));
                HttpResponse<String> response =
                        server.sendAsAdmin("POST", "/api/v1/releases/" + old + "/activate", BodyPublishers.noBody());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
                expected.add(again);
            }
            default -> {
                timeline.begin(told);
                JsonNode made = releasing.make(
                        Map.of("t.zip", TellingBundle.zip("tell", version, told), "o.zip", other(number)),
                        "{\"changes\":[{\"deploy\":\"t.zip\",\"default\":false},{\"deploy\":\"o.zip\"},"
                                + "{\"makeDefault\":\"tell@" + version + "\"}]}");
                deployed(version, told, made.get("number").asLong());
            }
        }
        timeline.end();
    }

    private static byte[] other(int number) {
        return TestBundle.named("other" + number).function("r = f ()", "r = 1;").zip();
    }

    private long upload(String version, String told, String query) {
        HttpResponse<String> response = server.deploy(TellingBundle.zip("tell", version, told), query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return TestServer.json(response).get("release").asLong();
    }

    private void deployed(String version, String told, long release) {
        assertThat(release).isEqualTo(expected.size());
        expected.add(expected.get(expected.size() - 1).with(version, told));
    }
}
