package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What several deployers were told, and, played again in the order of the releases, what must have come of it. */
final class BatchJournal {
    /** What a deployer may be told that comes too late, or asks for what is not there. */
    private static final Set<String> CLEAR = Set.of("RELEASE_CHANGED", "VERSION_CONFLICT", "BUNDLE_NOT_FOUND");

    private final TreeMap<Long, List<String>> made = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private int lines;

    /** By bundle: what is deployed, as {@code version} to digest, and under {@code default} the default version. */
    private final Map<Long, Map<String, Map<String, String>>> states = new TreeMap<>(Map.of(0L, Map.of()));

    void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            lines++;
            List<String> parts = List.of(line.split(";", -1));
            String[] outcome = parts.get(0).split(" ", -1);
            switch (outcome[0]) {
                case "MADE" ->
                    assertThat(made.put(Long.valueOf(outcome[1]), parts.subList(1, parts.size())))
                            .as("a second release " + outcome[1])
                            .isNull();
                case "REFUSED" -> refused.add(outcome[1]);
                default -> assertThat(outcome[0]).isEqualTo("SAME");
            }
        }
    }

    int lines() {
        return lines;
    }

    List<String> refused() {
        return refused;
    }

    /** Plays all again, and compares with the releases that there are. */
    void check(Bundles bundles) {
        assertThat(CLEAR).containsAll(refused);
        long last = made.lastKey();
        List<Release> history = bundles.releases.history();
        assertThat(history).hasSize((int) last).hasSize(made.size());
        assertThat(bundles.releases.current().number()).isEqualTo(last);
        for (long number = 1; number <= last; number++) {
            Release release = history.get((int) (last - number));
            assertThat(release.number()).isEqualTo(number);
            assertThat(release.previous()).isEqualTo(number - 1);
            Map<String, Map<String, String>> state = copy(requireNonNull(states.get(number - 1)));
            for (String change : requireNonNull(made.get(number))) {
                state = after(state, change.split(" ", -1));
            }
            states.put(number, state);
            assertThat(state(release))
                    .as("release " + number + " " + made.get(number))
                    .isEqualTo(state);
        }
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> state) {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        state.forEach((name, versions) -> copy.put(name, new TreeMap<>(versions)));
        return copy;
    }

    private Map<String, Map<String, String>> after(Map<String, Map<String, String>> state, String[] change) {
        switch (change[0]) {
            case "deploy" -> {
                boolean isNew = !state.containsKey(change[1]);
                Map<String, String> bundle = state.computeIfAbsent(change[1], name -> new TreeMap<>());
                bundle.put(change[2], change[3]);
                if (isNew || Boolean.parseBoolean(change[4])) {
                    bundle.put("default", change[2]);
                }
            }
            case "default" -> bundle(state, change).put("default", change[2]);
            case "retire" -> {
                if (change.length == 2 || bundle(state, change).size() == 2) {
                    state.remove(change[1]);
                } else {
                    bundle(state, change).remove(change[2]);
                }
            }
            default -> {
                Map<String, Map<String, String>> old = copy(requireNonNull(states.get(Long.valueOf(change[1]))));
                if (change.length == 2) {
                    return old;
                }
                state.put(change[2], requireNonNull(old.get(change[2])));
            }
        }
        return state;
    }

    private static Map<String, String> bundle(Map<String, Map<String, String>> state, String[] change) {
        return requireNonNull(state.get(change[1]));
    }

    private static Map<String, Map<String, String>> state(Release release) {
        Map<String, Map<String, String>> state = new TreeMap<>();
        release.bundles().forEach((name, bundle) -> {
            Map<String, String> versions = new TreeMap<>();
            bundle.versions()
                    .forEach(deployed -> versions.put(
                            deployed.version().version().text(),
                            deployed.version().digest()));
            versions.put("default", bundle.defaultVersion().text());
            state.put(name, versions);
        });
        return state;
    }
}
