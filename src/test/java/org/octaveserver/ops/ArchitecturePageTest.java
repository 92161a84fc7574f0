package org.octaveserver.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.web.edge.Statuses;

/** Holds docs/architecture.md to the code. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/org/octaveserver/ops");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+)([A-Z][A-Za-z]+)`");
    private static final Pattern OCTAVE_FILE = Pattern.compile("`((?:private/)?[a-z_]+\\.m)`");
    private static final Pattern FAILURES =
            Pattern.compile("(?m)^\\| .* \\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \\| (\\d{3}) \\|$");
    private static final Pattern CODE = Pattern.compile("[A-Z_]+");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static List<MatchResult> found(Pattern pattern) throws IOException {
        List<MatchResult> results = pattern.matcher(page()).results().toList();
        assertThat(results).as("places of %s in %s", pattern, PAGE).isNotEmpty();
        return results;
    }

    static Stream<Path> namedFiles() throws IOException {
        Stream<Path> java = found(CLASS).stream()
                .map(name -> SOURCES.resolve(name.group(1).replace('.', '/')).resolve(name.group(2) + ".java"));
        Stream<Path> octave = found(OCTAVE_FILE).stream()
                .map(name -> Path.of("src/main/octave/worker").resolve(name.group(1)));
        return Stream.concat(java, octave).distinct();
    }

    @ParameterizedTest
    @MethodSource("namedFiles")
    void everyFileThatThePageNamesExists(Path file) {
        assertThat(file).isRegularFile();
    }

    @Test
    void everyFailureHasTheStatusThatThePageGives() throws IOException {
        for (MatchResult row : found(FAILURES)) {
            CODE.matcher(row.group(1))
                    .results()
                    .map(code -> ErrorCode.valueOf(code.group()))
                    .forEach(code -> assertThat(Statuses.of(code.kind()))
                            .as(code.name())
                            .isEqualTo(Integer.parseInt(row.group(2))));
        }
    }

    @Test
    void thePageLeavesOutNoFailureThatHappens() throws IOException {
        String table = page().substring(page().indexOf("\n## What happens when"));
        TreeSet<ErrorCode> missing = new TreeSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            if (!table.contains("`" + code + "`") && isThrown(code)) {
                missing.add(code);
            }
        }
        assertThat(missing)
                .as("codes without a row in \"What happens when\" of %s", PAGE)
                .isEmpty();
    }

    /** Some codes are kept for what comes later: they have a wording, but nothing throws them. */
    private static boolean isThrown(ErrorCode code) throws IOException {
        Pattern use = Pattern.compile("ErrorCode\\." + code + "\\b");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(ArchitecturePageTest::mayThrow).toList()) {
                if (use.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayThrow(Path path) {
        return path.toString().endsWith(".java") && !path.endsWith("MpsErrors.java");
    }
}
