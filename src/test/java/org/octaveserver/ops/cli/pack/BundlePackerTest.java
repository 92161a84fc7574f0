package org.octaveserver.ops.cli.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class BundlePackerTest {
    @TempDir
    private Path temp;

    private Path file(String path, String content) throws IOException {
        Path file = temp.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private byte[] packed(String directory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BundlePacker.of(temp.resolve(directory)).writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, TarArchiveEntry> entries(byte[] archive) throws IOException {
        Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    private static String content(byte[] archive, String name) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(tar.readAllBytes(), UTF_8);
                }
            }
        }
        throw new AssertionError("no entry " + name);
    }

    @Nested
    class OfAPlainFolder {
        @Test
        void leavesEveryFileInItsPlace() throws IOException {
            for (String path : new String[] {
                "b.m", "private/p.m", "+pkg/g.m", "routes.json", "web/index.html", "ffunctionSignatures.json"
            }) {
                file("f/" + path, "");
            }
            assertThat(entries(packed("f")).keySet())
                    .containsExactly(
                            "f/",
                            "f/+pkg/",
                            "f/+pkg/g.m",
                            "f/b.m",
                            "f/ffunctionSignatures.json",
                            "f/ops.json",
                            "f/private/",
                            "f/private/p.m",
                            "f/routes.json",
                            "f/web/",
                            "f/web/index.html");
        }

        @Test
        void writesAnOpsJsonWithTheNameOfTheFolder() throws IOException {
            file("f/b.m", "");
            assertThat(content(packed("f"), "f/ops.json")).isEqualTo("{\"name\":\"f\",\"version\":\"0.0.0\"}\n");
        }

        @Test
        void keepsAnOpsJsonAtTheTop() throws IOException {
            file("f/b.m", "");
            String ops = "{ \"name\": \"other\", \"version\": \"2.1\" }";
            file("f/ops.json", ops);
            assertThat(content(packed("f"), "other/ops.json")).isEqualTo(ops);
            assertThat(BundlePacker.of(temp.resolve("f")).identity().fileName()).isEqualTo("other-2.1.tar.gz");
        }

        @Test
        void refusesAFolderWithoutCode() throws IOException {
            file("f/readme.txt", "");
            assertThatThrownBy(() -> packed("f"))
                    .isInstanceOfSatisfying(
                            OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE))
                    .hasMessageContaining("no .m file, no DESCRIPTION and no inst/");
        }

        @Test
        void refusesAFolderWhoseNameCannotBeABundles() throws IOException {
            file("my code/b.m", "");
            assertThatThrownBy(() -> packed("my code"))
                    .hasMessageContaining("\"my code\" cannot be the name")
                    .hasMessageContaining("give it a \"name\" in ops.json");
        }

        @Test
        void refusesABrokenOpsJsonWithItsLine() throws IOException {
            file("f/b.m", "");
            file("f/ops.json", "{\n \"name\": oops }");
            assertThatThrownBy(() -> packed("f")).hasMessageContaining("ops.json, line 2");
        }

        @Test
        void refusesANameThatIsNoString() throws IOException {
            file("f/b.m", "");
            file("f/ops.json", "{\"name\": 5}");
            assertThatThrownBy(() -> packed("f")).hasMessageContaining("\"name\" must be a string");
        }

        @Test
        void refusesAVersionThatWouldLeaveTheTopDirectory() throws IOException {
            file("f/b.m", "");
            file("f/ops.json", "{\"version\": \"../../x\"}");
            assertThatThrownBy(() -> packed("f")).hasMessageContaining("cannot be the version");
        }
    }

    @Nested
    class OfAPackage {
        @Test
        void packsItAsItIsUnderNameAndVersion() throws IOException {
            file("dir/DESCRIPTION", "Name: Signal\nVersion: 1.4.5\nTitle: x\n");
            file("dir/inst/f.m", "");
            file("dir/COPYING", "");
            assertThat(entries(packed("dir")).keySet())
                    .containsExactly(
                            "Signal-1.4.5/",
                            "Signal-1.4.5/COPYING",
                            "Signal-1.4.5/DESCRIPTION",
                            "Signal-1.4.5/inst/",
                            "Signal-1.4.5/inst/f.m");
        }

        @Test
        void readsTheKeysOfDescriptionInAnyCase() throws IOException {
            file("dir/DESCRIPTION", "# comment\nNAME: sig\nversion:2.0\n");
            file("dir/inst/f.m", "");
            assertThat(BundlePacker.of(temp.resolve("dir")).identity()).isEqualTo(new Identity("sig", "2.0"));
        }

        @Test
        void namesOneThatHasOnlyInst() throws IOException {
            file("dir/inst/f.m", "");
            assertThat(content(packed("dir"), "dir-0.0.0/ops.json")).contains("\"name\":\"dir\"");
        }
    }

    @Test
    void givesTheSameBytesWhateverTheTimesAre() throws IOException {
        file("f/a.m", "1");
        file("f/sub/b.m", "2");
        byte[] first = packed("f");
        Files.setLastModifiedTime(temp.resolve("f/a.m"), FileTime.fromMillis(1));
        Files.setLastModifiedTime(temp.resolve("f/sub"), FileTime.fromMillis(2));
        assertThat(packed("f")).isEqualTo(first);
    }

    @Test
    void givesTheSameBytesFromACopyMadeInAnotherOrder() throws IOException {
        file("x/f/a.m", "1");
        file("x/f/b.m", "2");
        file("y/f/b.m", "2");
        file("y/f/a.m", "1");
        Files.setPosixFilePermissions(temp.resolve("y/f/a.m"), PosixFilePermissions.fromString("rw-------"));
        assertThat(packed("x/f")).isEqualTo(packed("y/f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxrwxrwx", "rw-rw-rw-", "r--------"})
    void givesTheSameBytesWhateverTheModesAre(String modes) throws IOException {
        file("f/a.m", "1");
        file("f/data.csv", "1,2");
        file("f/empty", "");
        file("f/configure", "#!/bin/sh\n");
        byte[] first = packed("f");
        for (String name : List.of("a.m", "data.csv", "empty", "configure")) {
            Files.setPosixFilePermissions(temp.resolve("f").resolve(name), PosixFilePermissions.fromString(modes));
        }
        assertThat(packed("f")).isEqualTo(first);
        assertThat(requireNonNull(entries(first).get("f/configure")).getMode() & 0100)
                .isNotZero();
    }

    @Test
    void saysNothingOfWhoPackedItAndWhen() throws IOException {
        file("f/a.m", "1");
        Files.write(temp.resolve("f/tool.bin"), new byte[] {0x7f, 'E', 'L', 'F', 2});
        file("f/tool.sh", "#!/bin/sh\n");
        byte[] archive = packed("f");
        assertThat(archive[3]).as("gzip flags: no name").isZero();
        assertThat(new byte[] {archive[4], archive[5], archive[6], archive[7]})
                .as("gzip time")
                .containsOnly(0);
        assertThat(entries(archive).values()).allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getLongGroupId()).isZero();
            assertThat(entry.getUserName()).isEmpty();
            assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(315532800000L));
            boolean program = entry.isDirectory() || entry.getName().contains("tool");
            assertThat(entry.getMode() & 07777).isEqualTo(program ? 0755 : 0644);
        });
    }

    @Test
    void leavesOutWhatIsNoPartOfTheCode() throws IOException {
        file("f/a.m", "");
        for (String unwanted : new String[] {
            ".git/config",
            ".hg/x",
            ".svn/x",
            "CVS/Root",
            "_darcs/x",
            ".hidden",
            "a.m~",
            "a.m.swp",
            "#a.m#",
            "sub/.x.swp"
        }) {
            file("f/" + unwanted, "");
        }
        assertThat(entries(packed("f")).keySet()).containsExactly("f/", "f/a.m", "f/ops.json");
    }

    @Test
    void refusesASymbolicLinkByName() throws IOException {
        file("f/a.m", "");
        Files.createSymbolicLink(temp.resolve("f/link.m"), temp.resolve("elsewhere.m"));
        assertThatThrownBy(() -> packed("f")).hasMessageContaining("f/link.m is a symbolic link");
    }

    @Test
    void refusesALinkedDirectoryInsteadOfFollowingIt() throws IOException {
        file("f/a.m", "");
        file("elsewhere/secret.m", "");
        Files.createSymbolicLink(temp.resolve("f/sub"), temp.resolve("elsewhere"));
        assertThatThrownBy(() -> packed("f")).hasMessageContaining("f/sub is a symbolic link");
    }

    @Test
    void keepsLongAndForeignNames() throws IOException {
        String name = "ü".repeat(60) + "/" + "n".repeat(90) + ".m";
        file("f/" + name, "x");
        assertThat(content(packed("f"), "f/" + name)).isEqualTo("x");
    }
}
