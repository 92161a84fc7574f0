package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.octaveserver.ops.call.CallSettings;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.runtime.RuntimeSettings;
import org.octaveserver.ops.security.SecuritySettings;
import org.octaveserver.ops.settings.Settings;
import org.octaveserver.ops.settings.SettingsCatalog;
import org.octaveserver.ops.settings.SettingsException;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.web.edge.HttpSettings;

/** The settings that OPS really has. */
class OpsSettingsTest {
    private static final SettingsCatalog CATALOG = new SettingsCatalog(OpsServer.SETTINGS);

    @TempDir
    Path directory;

    private Settings load(Map<String, String> parameters) {
        return new SettingsLoader(OpsServer.SETTINGS).load(directory.resolve("absent"), Map.of(), parameters);
    }

    static Stream<SettingsCatalog.Entry> entries() {
        return CATALOG.entries().stream();
    }

    @Test
    void startsWithoutAnySetting() {
        Settings settings = load(Map.of());
        assertThat(settings.of(HttpSettings.class).host()).isEqualTo("127.0.0.1");
        assertThat(settings.of(HttpSettings.class).port()).isEqualTo(9910);
        assertThat(settings.of(SecuritySettings.class).anonymousLoopback()).isTrue();
        assertThat(settings.of(CallSettings.class).maxWaiting()).isEqualTo(1000);
        assertThat(settings.of(PoolSettings.class).maxWorkers()).isEmpty();
    }

    @Test
    void refusesToRemoveFromASharedStoreWhatMayBeWorkStill() {
        Map<String, String> settings = Map.of(
                "ops.bundles.directory", directory.resolve("shared").toString(), "ops.bundles.incoming-kept", "17m");
        assertThatThrownBy(
                        () -> OpsServer.create(new OpsHome(directory.resolve("home")), directory, Map.of(), settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.bundles.incoming-kept is PT17M; it must be longer than")
                .hasMessageContaining("together (PT17M)");
    }

    @Test
    void registersAnyNumberOfRuntimes() {
        RuntimeSettings settings = load(Map.of(
                        "ops.runtime.octave-9.4.command", "/opt/octave", "ops.runtime.b.command", "b"))
                .of(RuntimeSettings.class);
        assertThat(settings.commands()).containsOnly(Map.entry("octave-9.4", "/opt/octave"), Map.entry("b", "b"));
        assertThat(settings.command()).isEqualTo("octave-cli");
    }

    @ParameterizedTest
    @CsvSource({
        "ops.runtime.../../x.command, 'ops.runtime.../../x.command: \"../../x\" is no name here; it has letters'",
        "ops.runtime..x.command, 'ops.runtime..x.command: \".x\" is no name here'",
        "ops.runtime.default.command, 'ops.runtime.default.command: the command of that runtime is ops.runtime.command'",
        "ops.runtime.default, 'ops.runtime.default: no runtime is named \"/x\"; set ops.runtime./x.command'",
        "ops.runtime.comand, 'no setting is named ops.runtime.comand'",
    })
    void refusesARuntimeThatCannotBe(String name, String problem) {
        assertThatThrownBy(() -> OpsServer.create(
                        new OpsHome(directory.resolve("home")), directory, Map.of(), Map.of(name, "/x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesToStartWithARoutesFileThatIsNotThere() {
        Map<String, String> parameters = Map.of("ops.http.routes-file", "routes.json");
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> OpsServer.create(new OpsHome(directory), directory, Map.of(), parameters));
        assertThat(refused.getMessage())
                .contains("ops.http.routes-file: " + directory.resolve("conf/routes.json") + ": it cannot be read");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void acceptsItsOwnDefaultWhenItIsWritten(SettingsCatalog.Entry entry) {
        entry.defaultValue()
                .ifPresent(value -> assertThat(entry.rule().problem(value)).isEmpty());
    }

    @Test
    void canBeGivenAllAtOnce() {
        Map<String, String> all = CATALOG.entries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.name().replaceAll("<.*>", "seven"), OpsSettingsTest::acceptable));
        Settings settings = load(all);
        OpsServer.SETTINGS.forEach(
                mapping -> assertThat((Object) settings.of(mapping)).isNotNull());
        assertThat(settings.of(PoolSettings.class).maxWorkers()).hasValue(7);
    }

    private static String acceptable(SettingsCatalog.Entry entry) {
        return Stream.of("7", "7s", "700MB", "false", "/seven", "native", "reseed", "bubblewrap")
                .filter(value -> entry.rule().problem(value).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void haveNamesOfTheirOwnAsVariables() {
        Map<String, List<SettingsCatalog.Entry>> byVariable =
                entries().collect(Collectors.groupingBy(SettingsCatalog.Entry::environmentName));
        assertThat(byVariable.values()).allMatch(same -> same.size() == 1);
        assertThat(byVariable)
                .doesNotContainKeys("OPS_HOME", "OPS_SERVER", "OPS_TOKEN", "OPS_LOG_LEVEL", "OPS_JAVA_OPTS");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void refusesANegativeNumberDurationOrSize(SettingsCatalog.Entry entry) {
        if (entry.rule().problem("true").isPresent()
                && entry.rule().problem("/x").isPresent()) {
            assertThat(Stream.of("-1", "-1s", "-1MB"))
                    .allMatch(value -> entry.rule().problem(value).isPresent());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ops.http.port, 70000, a whole number from 0 to 65535",
        "ops.http.max-request-size, 0B, 'a size from 1KB to 2047MB, such as 512MB'",
        "ops.http.max-request-size, 3GB, 'a size from 1KB to 2047MB, such as 512MB'",
        "ops.runtime.probe-timeout, 0s, 'a duration of at least 1s, such as 30s'",
        "ops.runtime.retry-interval, 0s, 'a duration of at least 100ms, such as 30s'",
        "ops.worker.threads, 0, a whole number of at least 1",
        "ops.worker.start-timeout, 0s, 'a duration of at least 100ms, such as 30s'",
        "ops.worker.stop-timeout, 0s, 'a duration of at least 100ms, such as 30s'",
        "ops.worker.max-message-size, 2GB, 'a size from 64KB to 2047MB, such as 512MB'",
        "ops.worker.max-output, 0B, 'a size from 1KB to 2047MB, such as 512MB'",
        "ops.pool.max-workers, 0, a whole number of at least 1",
        "ops.pool.max-starting, 0, a whole number of at least 1",
        "ops.pool.min-idle, -1, a whole number of at least 0",
        "ops.call.timeout, 0s, 'a duration of at least 1ms, such as 30s'",
        "ops.call.max-waiting, 0, a whole number of at least 1",
        "ops.bundles.max-upload-size, 0B, 'a size of at least 1KB, such as 512MB'",
        "ops.bundles.max-unpacked-size, 0B, 'a size of at least 1KB, such as 512MB'",
        "ops.bundles.max-entries, 0, a whole number of at least 1",
        "ops.bundles.max-ratio, 0, a whole number of at least 1",
        "ops.bundles.poll-interval, 0s, 'a duration of at least 10ms, such as 30s'",
        "ops.bundles.inspection-timeout, 0s, 'a duration of at least 1s, such as 30s'",
        "ops.bundles.directory, bundles, an absolute path",
        "ops.security.anonymous-loopback, no, true or false",
        "ops.worker.implementation, fast, 'one of auto, native, portable'"
    })
    void refusesNonsense(String name, String value, String expected) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> load(Map.of(name, value)));
        assertThat(refused.problems())
                .containsExactly(
                        name + ": expected " + expected + ", got \"" + value + "\" (in the container's parameters)");
    }

    @Test
    void areAllRefusedAtOnceBeforeAnythingIsMade() {
        OpsHome home = new OpsHome(directory.resolve("home"));
        Map<String, String> nonsense = entries()
                .filter(entry -> entry.rule().problem("nonsense").isPresent())
                .collect(Collectors.toMap(SettingsCatalog.Entry::name, entry -> "nonsense"));
        SettingsException refused = catchThrowableOfType(
                SettingsException.class, () -> OpsServer.create(home, directory, Map.of(), nonsense));
        assertThat(refused.problems().stream().map(problem -> problem.substring(0, problem.indexOf(':'))))
                .containsExactlyInAnyOrderElementsOf(nonsense.keySet());
        assertThat(Files.exists(home.directory())).isFalse();
    }
}
