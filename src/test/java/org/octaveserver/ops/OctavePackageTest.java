package org.octaveserver.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Octave package says of itself is true. */
class OctavePackageTest {
    private static final Path PACKAGE = Path.of("src/main/octave/package");
    private static final Path INST = PACKAGE.resolve("inst");
    private static final Pattern IN_POM = Pattern.compile("<artifactId>ops</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern IN_DESCRIPTION = Pattern.compile("(?m)^Version: (.*)$");

    private static String found(Pattern pattern, Path file) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }

    @Test
    void hasTheVersionOfTheProject() throws IOException {
        assertThat(found(IN_DESCRIPTION, PACKAGE.resolve("DESCRIPTION"))).isEqualTo(found(IN_POM, Path.of("pom.xml")));
    }

    @Test
    void indexesThePublicFunctionsAndNoOthers() throws IOException {
        List<String> indexed;
        try (Stream<String> lines = Files.lines(PACKAGE.resolve("INDEX"))) {
            indexed = lines.filter(line -> line.startsWith(" "))
                    .map(String::strip)
                    .toList();
        }
        try (Stream<Path> files = Files.walk(INST)) {
            List<String> functions = files.filter(Files::isRegularFile)
                    .map(file -> INST.relativize(file).toString())
                    .filter(file -> !file.contains("+internal"))
                    // A function whose name Octave itself has stands in a class folder of its own.
                    .map(file -> file.replaceAll("@\\w+/", ""))
                    .map(file -> file.replaceAll("\\.m$", "").replace("+", "").replace('/', '.'))
                    .toList();
            assertThat(indexed).containsExactlyInAnyOrderElementsOf(functions);
        }
    }
}
