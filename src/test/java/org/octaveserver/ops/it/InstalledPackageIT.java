package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package as a user gets it: built, installed with Octave's {@code pkg}, and used as its page says. */
class InstalledPackageIT {
    private static final Path ARCHIVE = Path.of(System.getProperty("ops.test.octave-package"));
    private static final Path PAGE = Path.of(System.getProperty("ops.test.basedir"), "docs", "octave-package.md");
    /** An example of the page: what is typed, then what Octave prints. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^    >> (.*)\\n((?:    (?!>> ).*\\n)*)");

    @TempDir
    static Path folder;

    @BeforeAll
    static void install() throws Exception {
        assertThat(octave("pkg install -local " + ARCHIVE)).doesNotContain("error:", "warning:");
    }

    /** What a new Octave with a home of its own prints, which must end well. */
    private static String octave(String code) throws IOException, InterruptedException {
        Path program = folder.resolve("program.m");
        Path output = folder.resolve("output");
        Files.writeString(program, "1;\n" + code + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                        "octave-cli", "--norc", "--no-history", "--quiet", program.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        Process octave = builder.start();
        boolean ended = octave.waitFor(60, TimeUnit.SECONDS);
        octave.destroyForcibly();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(printed).isTrue();
        assertThat(octave.exitValue()).as(printed).isZero();
        return printed;
    }

    @Test
    void passesItsOwnTestsWhereItIsInstalled() throws Exception {
        assertThat(octave("""
                pkg load ops
                installed = pkg ("list", "ops"){1};
                folder = fullfile (installed.dir, "+mps", "+json");
                for file = dir (fullfile (folder, "*.m")).'
                  [passed, all] = test (fullfile (folder, file.name), "quiet");
                  printf ("%s %d of %d\\n", file.name, passed, all);
                  assert (all > 0 && passed == all);
                end
                """)).contains("encode.m", "decode.m", "encoderequest.m", "decoderesponse.m");
    }

    @Test
    void knowsItsFunctionsAndTheirHelp() throws Exception {
        assertThat(octave("pkg describe -verbose ops"))
                .contains("mps.json.encode", "mps.json.decode", "mps.json.encoderequest", "mps.json.decoderesponse");
        assertThat(octave("pkg load ops\nhelp mps.json.encode")).contains("JSON = mps.json.encode (X)");
    }

    @Test
    void doesWhatItsPageShows() throws Exception {
        List<String> typed = new ArrayList<>();
        StringBuilder shown = new StringBuilder();
        StringBuilder program = new StringBuilder();
        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        while (example.find()) {
            if (example.group(1).startsWith("pkg install")) {
                continue;
            }
            typed.add(example.group(1));
            shown.append(example.group(2).replaceAll("(?m)^    ", ""));
            program.append("try\n")
                    .append(example.group(1))
                    .append("\ncatch err\n  printf (\"error: %s\\n\", err.message);\nend\n");
        }

        assertThat(typed).hasSizeGreaterThan(5).anyMatch(line -> line.startsWith("pkg load ops"));
        assertThat(octave(program.toString())).isEqualTo(shown.toString());
    }

    @Test
    void isTheSameFileFromEveryBuild() throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(ARCHIVE))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getMode() & 0777).isEqualTo(entry.isDirectory() ? 0755 : 0644);
            }
        }
    }
}
