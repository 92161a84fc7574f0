package org.octaveserver.ops.it;

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
    private static final long CALLS = Long.getLong("ops.test.calls", 20_000);
    private static final String FIRST = "1.0.0";

    @TempDir
    Path folder;

    private TestServer server;
    private Releasing releasing;

    /** By release: what each version of the bundle tells. */
    private final Map<Long, TreeMap<String, String>> contents = new TreeMap<>();

    /** By release: the default version. */
    private final Map<Long, String> defaults = new TreeMap<>();

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
        deployed(1, FIRST, content(FIRST, 0), upload(FIRST, content(FIRST, 0), ""));
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
        long current = number;
        String version = "1." + number + ".0";
        String told = content(version, number);
        switch (number % 5) {
            case 1 -> {
                timeline.begin(told);
                deployed(current + 1, version, told, upload(version, told, ""));
            }
            case 2 -> {
                String same = defaults.get(current);
                String other = content(same, number);
                timeline.begin(other);
                deployed(current + 1, same, other, upload(same, other, "?replace=true"));
            }
            case 3 -> {
                String chosen = contents.get(current).firstKey();
                timeline.begin(contents.get(current).get(chosen));
                releasing.make(Map.of(), "{\"changes\":[{\"makeDefault\":\"tell@" + chosen + "\"}]}");
                same(current, current + 1, chosen);
            }
            case 4 -> {
                long old = Math.max(1, current - 3);
                timeline.begin(contents.get(old).get(defaults.get(old)));
                HttpResponse<String> response =
                        server.sendAsAdmin("POST", "/api/v1/releases/" + old + "/activate", BodyPublishers.noBody());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
                same(old, current + 1, defaults.get(old));
            }
            default -> {
                timeline.begin(told);
                JsonNode made = releasing.make(
                        Map.of("t.zip", TellingBundle.zip("tell", version, told), "o.zip", other(number)),
                        "{\"changes\":[{\"deploy\":\"t.zip\",\"default\":false},{\"deploy\":\"o.zip\"},"
                                + "{\"makeDefault\":\"tell@" + version + "\"}]}");
                deployed(current + 1, version, told, made.get("number").asLong());
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

    private void deployed(long release, String version, String told, long answered) {
        assertThat(answered).isEqualTo(release);
        same(release - 1, release, version);
        contents.get(release).put(version, told);
    }

    private void same(long before, long release, String byDefault) {
        contents.put(release, new TreeMap<>(contents.getOrDefault(before, new TreeMap<>())));
        defaults.put(release, byDefault);
    }
}
