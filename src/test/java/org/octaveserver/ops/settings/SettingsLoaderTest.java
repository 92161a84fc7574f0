package org.octaveserver.ops.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    private final SettingsLoader loader = new SettingsLoader(List.of(SampleSettings.class));

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("ops.properties");
    }

    private SampleSettings load(String text, Map<String, String> environment, Map<String, String> parameters) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return loader.load(file(), environment, parameters).of(SampleSettings.class);
    }

    private SampleSettings load(String text) {
        return load(text, Map.of(), Map.of());
    }

    private List<String> problems(String text, Map<String, String> environment, Map<String, String> parameters) {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> load(text, environment, parameters));
        assertThat(refused).as("a refusal of <%s>", text).isNotNull();
        assertThat(refused.getMessage()).contains(refused.problems());
        return refused.problems();
    }

    private List<String> problems(String text) {
        return problems(text, Map.of(), Map.of());
    }

    @Nested
    class Reading {
        @Test
        void givesDefaultsWhenThereIsNoFile() {
            SampleSettings settings =
                    loader.load(directory.resolve("absent"), Map.of(), Map.of()).of(SampleSettings.class);
            assertThat(settings.enabled()).isTrue();
            assertThat(settings.port()).isEqualTo(9910);
            assertThat(settings.maxThings()).isEmpty();
            assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(settings.maxSize()).isEqualTo(new DataSize(64L << 20));
            assertThat(settings.directory()).isEmpty();
            assertThat(settings.names()).isEmpty();
            assertThat(settings.command()).isEqualTo("octave-cli");
        }

        @Test
        void readsEverySettingFromTheFile() {
            SampleSettings settings = load("""
                    # comment
                    ops.sample.enabled = FALSE
                    ops.sample.port=0
                    ops.sample.max-things: 7
                    ops.sample.timeout=2m
                    ops.sample.max-size=2047MB
                    ops.sample.directory=/srv/b\u00fcndel
                    ops.sample.names=HTTP_PROXY, TZ
                    ops.sample.command=/opt/octave 9/bin/octave-cli
                    """);
            assertThat(settings.enabled()).isFalse();
            assertThat(settings.port()).isZero();
            assertThat(settings.maxThings()).hasValue(7);
            assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(2));
            assertThat(settings.maxSize()).isEqualTo(new DataSize(2047L << 20));
            assertThat(settings.directory()).hasValue(Path.of("/srv/b\u00fcndel"));
            assertThat(settings.names().orElseThrow()).containsExactly("HTTP_PROXY", "TZ");
            assertThat(settings.command()).isEqualTo("/opt/octave 9/bin/octave-cli");
        }

        @Test
        void ignoresBlanksAtTheEndsOfAValue() {
            assertThat(load("ops.sample.port=80  \t \nops.sample.command=octave \n")
                            .port())
                    .isEqualTo(80);
            assertThat(load("ops.sample.command=octave \n").command()).isEqualTo("octave");
        }

        @Test
        void expandsNoReferencesInValues() {
            assertThat(load("ops.sample.command=${HOME}/octave").command()).isEqualTo("${HOME}/octave");
        }

        @Test
        void prefersTheEnvironmentToTheFileAndParametersToBoth() {
            String text = "ops.sample.port=1\nops.sample.max-size=1MB\nops.sample.max-things=1\n";
            Map<String, String> environment = Map.of("OPS_SAMPLE_PORT", "2", "OPS_SAMPLE_MAX_SIZE", "2MB");
            SampleSettings settings = load(text, environment, Map.of("ops.sample.port", "3"));
            assertThat(settings.port()).isEqualTo(3);
            assertThat(settings.maxSize()).hasToString("2MB");
            assertThat(settings.maxThings()).hasValue(1);
        }

        @Test
        void takesAnEmptyVariableForNone() {
            assertThat(load("ops.sample.port=1", Map.of("OPS_SAMPLE_PORT", " "), Map.of())
                            .port())
                    .isEqualTo(1);
        }

        @Test
        void letsOtherVariablesBe() {
            Map<String, String> environment =
                    Map.of("OPS_TOKEN", "x", "OPS_SERVER", "y", "OPS_SAMPLE_PROT", "1", "SAMPLE_PORT", "2");
            assertThat(load("", environment, Map.of()).port()).isEqualTo(9910);
        }

        @Test
        void findsTheMisspeltAmongTheVariables() {
            SettingsCatalog catalog = new SettingsCatalog(List.of(SampleSettings.class));
            assertThat(catalog.misspeltVariables(
                            Set.of("OPS_SAMPLE_PROT", "OPS_SAMPLE_PORT", "OPS_SERVER", "OPS_SAMPLE_SERVICE_HOST")))
                    .containsExactly(Map.entry("OPS_SAMPLE_PROT", "OPS_SAMPLE_PORT"));
        }

        @Test
        void takesASettingForEachName() {
            String text = "ops.sample.octave-9.4.colour=red\nops.sample.sea.colour=blue\nops.sample.x.colour=\n";
            Map<String, String> environment =
                    Map.of("OPS_SAMPLE_OCTAVE_9_4_COLOUR", "green", "OPS_SAMPLE_FROM_ENV_COLOUR", "black");
            assertThat(load(text, environment, Map.of("ops.sample.sea.colour", "white"))
                            .colours())
                    .containsOnly(
                            Map.entry("octave-9.4", "green"),
                            Map.entry("sea", "white"),
                            Map.entry("from_env", "black"));
        }

        @Test
        void takesAnEmptyOptionalForNone() {
            assertThat(load("ops.sample.max-things=\nops.sample.directory=\n").maxThings())
                    .isEmpty();
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "enabled    | yess          | expected true or false, got \"yess\"",
                    "enabled    | 1             | expected true or false, got \"1\"",
                    "enabled    | ''            | expected true or false, got nothing; without this line it is true",
                    "port       | 70000         | expected a whole number from 0 to 65535, got \"70000\"",
                    "port       | -1            | expected a whole number from 0 to 65535, got \"-1\"",
                    "port       | 80a           | expected a whole number from 0 to 65535, got \"80a\"",
                    "port       | 8 0           | expected a whole number from 0 to 65535, got \"8 0\"",
                    "port       | 0x50          | expected a whole number from 0 to 65535, got \"0x50\"",
                    "port       | 1e3           | expected a whole number from 0 to 65535, got \"1e3\"",
                    "port       | 99999999999999999999 | expected a whole number from 0 to 65535, got \"99999999999999999999\"",
                    "max-things | 0             | expected a whole number of at least 1, got \"0\"",
                    "max-things | 4294967297    | expected a whole number of at least 1, got \"4294967297\"; no whole number here is above 2147483647",
                    "timeout    | 0s            | expected a duration of at least 1s, such as 30s, got \"0s\"",
                    "timeout    | 999ms         | expected a duration of at least 1s, such as 30s, got \"999ms\"",
                    "timeout    | 30            | expected a duration of at least 1s, such as 30s, got \"30\"",
                    "timeout    | -5s           | expected a duration of at least 1s, such as 30s, got \"-5s\"",
                    "timeout    | PT5S          | expected a duration of at least 1s, such as 30s, got \"PT5S\"",
                    "timeout    | 999999999d    | expected a duration of at least 1s, such as 30s, got \"999999999d\"",
                    "max-size   | 0B            | expected a size from 1KB to 2047MB, such as 512MB, got \"0B\"",
                    "max-size   | 2GB           | expected a size from 1KB to 2047MB, such as 512MB, got \"2GB\"",
                    "max-size   | 64            | expected a size from 1KB to 2047MB, such as 512MB, got \"64\"",
                    "max-size   | 999999999999999TB | expected a size from 1KB to 2047MB, such as 512MB, got \"999999999999999TB\"",
                    "directory  | bundles       | expected an absolute path, got \"bundles\"",
                    "names      | a,,b          | expected names separated by commas, got \"a,,b\"",
                    "names      | a b           | expected names separated by commas, got \"a b\"",
                    "names      | TZ=UTC        | expected names separated by commas, got \"TZ=UTC\"",
                    "command    | ''            | expected text, got nothing; without this line it is octave-cli",
                })
        void refusesAValueThatCannotBeMeant(String name, String value, String message) {
            assertThat(problems("ops.sample." + name + "=" + value))
                    .containsExactly("ops.sample." + name + ": " + message + " (in " + file() + ")");
        }

        @Test
        void refusesAPathWithANulCharacter() {
            assertThat(problems("ops.sample.directory=/a\\u0000b"))
                    .singleElement()
                    .asString()
                    .startsWith("ops.sample.directory: expected an absolute path");
        }

        @Test
        void quotesOnlyTheStartOfALongValue() {
            assertThat(problems("ops.sample.port=" + "9".repeat(5000)))
                    .singleElement()
                    .asString()
                    .hasSizeLessThan(400)
                    .contains("... (5000 characters)");
        }

        @Test
        void saysWhichSourceAValueComesFrom() {
            assertThat(problems("", Map.of("OPS_SAMPLE_PORT", "x"), Map.of()))
                    .containsExactly("ops.sample.port: expected a whole number from 0 to 65535, got \"x\""
                            + " (in the environment variable OPS_SAMPLE_PORT)");
            assertThat(problems("", Map.of(), Map.of("ops.sample.port", "x")))
                    .containsExactly("ops.sample.port: expected a whole number from 0 to 65535, got \"x\""
                            + " (in the container's parameters)");
        }

        @Test
        void refusesAnUnknownNameAndProposesANearOne() {
            assertThat(problems("ops.sample.prot=1\nops.nothing.of.the.kind=1\n"))
                    .containsExactly(
                            "no setting is named ops.nothing.of.the.kind (in " + file() + ")",
                            "no setting is named ops.sample.prot (in " + file() + "); did you mean ops.sample.port?");
            assertThat(problems("", Map.of(), Map.of("ops.sample.timeuot", "1s")))
                    .containsExactly("no setting is named ops.sample.timeuot (in the container's parameters);"
                            + " did you mean ops.sample.timeout?");
        }

        @Test
        void knowsNoSettingsOfTheLibraryThatReadsThem() {
            assertThat(problems("smallrye.config.profile=x\nconfig_ordinal=1\n%dev.ops.sample.port=1\n"))
                    .hasSize(3)
                    .allMatch(problem -> problem.startsWith("no setting is named "));
        }

        @Test
        void listsAllProblemsAtOnce() {
            Map<String, String> environment = Map.of("OPS_SAMPLE_MAX_SIZE", "much");
            Map<String, String> parameters = Map.of("ops.sample.timeout", "0s", "ops.smaple.port", "1");
            assertThat(problems("ops.sample.port=-1\nops.sample.enabled=maybe\n", environment, parameters))
                    .hasSize(5)
                    .anyMatch(problem -> problem.startsWith("ops.sample.port: "))
                    .anyMatch(problem -> problem.startsWith("ops.sample.enabled: "))
                    .anyMatch(problem -> problem.startsWith("ops.sample.max-size: "))
                    .anyMatch(problem -> problem.startsWith("ops.sample.timeout: "))
                    .anyMatch(problem -> problem.contains("ops.smaple.port"));
        }
    }

    @Nested
    class FilesThatCannotBeRead {
        @Test
        void saysWhatABadEscapeIs() {
            assertThat(problems("ops.sample.command=C:\\users\\octave"))
                    .containsExactly("cannot read " + file() + ": \\u is not followed by four hexadecimal digits"
                            + " (a backslash itself is written \\\\)");
        }

        @Test
        void refusesAFileThatIsNotUtf8() throws IOException {
            Path latin = Files.write(
                    directory.resolve("latin"), "ops.sample.command=\u00fc".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(refusal(latin)).containsExactly("cannot read " + latin + ": it is not UTF-8");
        }

        @Test
        void refusesADirectory() {
            assertThat(refusal(directory))
                    .singleElement()
                    .asString()
                    .startsWith("cannot read " + directory)
                    .containsIgnoringCase("directory");
        }

        @Test
        void refusesALinkThatLeadsNowhere() throws IOException {
            Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));
            assertThat(refusal(link))
                    .containsExactly("cannot read " + link + ": it is a link to a file that does not exist");
        }

        @Test
        void stillListsTheProblemsOfOtherSources() {
            assertThat(problems("x=\\u12", Map.of("OPS_SAMPLE_PORT", "x"), Map.of()))
                    .hasSize(2);
        }

        private List<String> refusal(Path unreadable) {
            return catchThrowableOfType(SettingsException.class, () -> loader.load(unreadable, Map.of(), Map.of()))
                    .problems();
        }
    }
}
