package org.octaveserver.ops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.OpsException;

class RuntimesIT {
    private static final String ANSWERS = "echo 'ops-version 9.2.0'";

    private record Wanted(String command, Map<String, String> commands, String defaultId, Duration probeInterval)
            implements RuntimeSettings {
        @Override
        public Duration probeTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration retryInterval() {
            return Duration.ofMillis(50);
        }
    }

    @TempDir
    Path directory;

    private final List<RuntimeStatus> heard = new CopyOnWriteArrayList<>();
    private Path octave = Path.of("octave");
    private Runtimes runtimes = runtimes(octave);

    private static Runtimes runtimes(Path octave) {
        return new Runtimes(new Wanted(octave.toString(), Map.of(), "default", Duration.ofMillis(50)));
    }

    @BeforeEach
    void make() {
        octave = directory.resolve("octave");
        runtimes = runtimes(octave);
    }

    @AfterEach
    void stop() {
        runtimes.stop();
    }

    @Test
    void findsAnOctaveThatIsThere() {
        Scripts.make(octave, ANSWERS);
        runtimes.listen(heard::add);
        runtimes.start();
        assertThat(runtimes.status().available().version()).isEqualTo("9.2.0");
        assertThat(runtimes.status().problem()).isEmpty();
        assertThat(heard).containsExactly(runtimes.status());
    }

    @Test
    void isUnavailableBeforeItLooked() {
        assertThat(runtimes.status().problem()).isPresent();
        assertThatThrownBy(() -> runtimes.status().available()).isInstanceOf(OpsException.class);
    }

    @Test
    void noticesAnOctaveThatAppearsLater() {
        runtimes.listen(heard::add);
        runtimes.start();
        assertThat(runtimes.status().problem().orElseThrow()).contains("cannot be started");
        assertThat(heard).isEmpty();

        Scripts.make(octave, "exit 1");
        await().untilAsserted(
                        () -> assertThat(runtimes.status().problem().orElse("")).contains("ended with status 1"));
        assertThat(heard).isEmpty();

        Scripts.make(octave, ANSWERS);
        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        assertThat(runtimes.status()).isEqualTo(heard.get(0));
    }

    @Test
    void tellsTheOtherListenersWhenOneFails() {
        Scripts.make(octave, ANSWERS);
        runtimes.listen(found -> {
            throw new IllegalStateException("a listener that fails");
        });
        runtimes.listen(heard::add);
        runtimes.start();
        assertThat(heard).hasSize(1);
    }

    @Test
    void leavesNoThreadAndNoProcessWhenItIsStoppedWhileItLooks() {
        Scripts.make(octave, "exit 1");
        runtimes.start();
        Scripts.make(octave, "exec sleep 300");
        await().untilAsserted(() -> assertThat(sleeping()).isNotEmpty());
        runtimes.stop();
        await().untilAsserted(() -> assertThat(sleeping()).isEmpty());
        assertThat(runtimes.status().problem().orElseThrow()).contains("ended with status 1");
    }

    private static List<ProcessHandle> sleeping() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"))
                .toList();
    }
}
