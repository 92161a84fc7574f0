package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/configuration.md} and {@code conf/ops.properties} to the types. After a change of a setting,
 * {@code mvn test -Dtest=SettingsReferenceTest -Dops.write-reference=true} writes both anew.
 */
class SettingsReferenceTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final Path PROPERTIES = Path.of("conf/ops.properties");
    private static final String SECTION = "# ======== ";

    private final List<SettingsReference> features = SettingsReference.all(OpsServer.SETTINGS);

    @Test
    void thePageSaysWhatTheTypesSay() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            expected.add(page.get(i));
            for (SettingsReference feature : features) {
                if (page.get(i).equals("### " + feature.prefix())) {
                    expected.addAll(List.of("", feature.introduction(), ""));
                    expected.addAll(feature.table());
                    expected.add("");
                    i = nextHeading(page, i) - 1;
                }
            }
        }
        check(PAGE, page, expected);
    }

    private static int nextHeading(List<String> page, int from) {
        for (int i = from + 1; i < page.size(); i++) {
            if (page.get(i).startsWith("#")) {
                return i;
            }
        }
        return page.size();
    }

    @Test
    void thePageHasASectionForEachFeatureAndForNothingElse() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("### ops."))
                        .toList())
                .containsExactlyElementsOf(features.stream()
                        .map(feature -> "### " + feature.prefix())
                        .toList());
    }

    @Test
    void theSampleFileHoldsEverySettingAtItsDefault() throws IOException {
        List<String> file = Files.readAllLines(PROPERTIES);
        List<String> expected = new ArrayList<>(file.stream()
                .takeWhile(line -> !line.startsWith(SECTION.strip()))
                .toList());
        for (SettingsReference feature : features) {
            expected.add(SECTION + feature.prefix());
            expected.addAll(SettingsReference.comment(feature.introduction()));
            expected.addAll(feature.properties());
            expected.add("");
        }
        expected.remove(expected.size() - 1);
        check(PROPERTIES, file, expected);
    }

    @Test
    void theSampleFileChangesNothing() throws IOException {
        assertThat(Files.readAllLines(PROPERTIES)).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    private static void check(Path file, List<String> lines, List<String> expected) throws IOException {
        if (Boolean.getBoolean("ops.write-reference")) {
            Files.write(file, expected);
        } else {
            assertThat(lines).as(file.toString()).containsExactlyElementsOf(expected);
        }
    }
}
