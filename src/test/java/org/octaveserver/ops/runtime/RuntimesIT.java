package org.octaveserver.ops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void eachHasAStateOfItsOwnAndTheDefaultComesFirst() {
        Scripts.make(octave, ANSWERS);
        Map<String, String> others = Map.of("b", directory.resolve("missing").toString(), "a", octave.toString());
        Runtimes several = new Runtimes(new Wanted(octave.toString(), others, "b", Duration.ofSeconds(10)));
        try {
            several.start();
            assertThat(several.statuses()).extracting(RuntimeStatus::id).containsExactly("b", "a", "default");
            assertThat(several.status().problem().orElseThrow()).contains("cannot be started", "ops.runtime.b.command");
            assertThatThrownBy(() -> several.available(Optional.empty())).hasMessageContaining("the runtime b is not");
            assertThat(several.available(Optional.of("a")).version()).isEqualTo("9.2.0");
            assertThat(several.find(Optional.of("b"))).isEmpty();
            assertThatThrownBy(() -> several.available(Optional.of("c")))
                    .hasMessage("this server has no runtime \"c\" (it has b, a, default); set ops.runtime.c.command");
        } finally {
            several.stop();
        }
    }

    @Test
    void noticesThatOneWasUpgradedInPlace() {
        Scripts.make(octave, ANSWERS);
        runtimes.listen(heard::add);
        runtimes.start();
        Scripts.make(octave, "echo 'ops-version 10.1.0'");
        await().untilAsserted(() ->
                assertThat(runtimes.status().available().version()).isEqualTo("10.1.0"));
        assertThat(heard).hasSize(2);
    }

    @Test
    void noticesThatItsListOfPackagesHasChanged() throws Exception {
        Path list = Files.writeString(directory.resolve("octave_packages"), "1");
        Path told = Files.writeString(directory.resolve("told"), "");
        Scripts.make(octave, ANSWERS + "; echo 'ops-file " + list + "'; cat " + told);
        runtimes.start();
        assertThat(runtimes.status().available().packages()).isEmpty();
        Files.writeString(told, "ops-package io\t2.6.4\t\t/usr/share/io\t\n");
        Files.writeString(list, "other");
        await().untilAsserted(() ->
                assertThat(runtimes.status().available().packages()).hasSize(1));
    }

    @Test
    void asksNoOctaveAgainThatDidNotChange() throws Exception {
        Path asked = directory.resolve("asked");
        Scripts.make(octave, "echo x >> " + asked + "; " + ANSWERS);
        runtimes.start();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(Files.readAllLines(asked)).hasSize(1);
        runtimes.lookAgain("default").join();
        assertThat(Files.readAllLines(asked)).hasSize(2);
    }

    @Test
    void isGoneOnlyWhenItFailsAgainAndAgain() throws Exception {
        Path tries = Files.writeString(directory.resolve("tries"), "");
        Scripts.make(octave, ANSWERS);
        runtimes.listen(heard::add);
        runtimes.start();
        Scripts.make(octave, "echo x >> " + tries + "; exit 1");
        await().until(() -> runtimes.status().problem().isPresent());
        await().until(() -> runtimes.status().runtime().isEmpty());
        assertThat(Files.readAllLines(tries)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(heard).extracting(status -> status.runtime().isPresent()).containsExactly(true, false);

        Scripts.make(octave, ANSWERS);
        await().until(() -> heard.size() == 3);
        assertThat(runtimes.status().problem()).isEmpty();
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
