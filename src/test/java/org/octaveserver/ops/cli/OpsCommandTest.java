package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsCommandTest {
    @TempDir
    private Path temp;

    private Ran ops(String... args) {
        return Ran.ops(new Surroundings(Map.of(), temp), args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy",
                "undeploy",
                "default",
                "list",
                "releases",
                "rollback",
                "diff",
                "call",
                "submit",
                "jobs",
                "job",
                "cancel",
                "status",
                "bundle"
            })
    void explainsEveryCommandAndItsExitStatus(String command) {
        Ran ran = ops(command, "--help");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: ops " + command)
                .contains("Exit status:")
                .contains("3   no server answered");
        assertThat(ops("help", command).out()).startsWith("Usage: ops " + command);
        assertThat(ops("--help").out()).contains("  " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "call", "bundle"})
    void tellsItsVersionEverywhere(String command) {
        assertThat(ops(command, "--version").out()).matches("ops \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(ops("--version").out()).isEqualTo(ops(command, "--version").out());
    }

    @Test
    void endsWithTwoForWrongUse() {
        assertThat(ops().status()).isEqualTo(2);
        assertThat(ops("nonsense").status()).isEqualTo(2);
        assertThat(ops("list", "--nonsense").err()).contains("--nonsense").contains("Try \"ops list --help\".");
        assertThat(ops("deploy").status()).isEqualTo(2);
        assertThat(ops("list", "--server", "nowhere").status()).isEqualTo(2);
        assertThat(ops("list", "--timeout", "0").status()).isEqualTo(2);
    }

    @Test
    void takesNoArgumentForTheNameOfAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("args"), "--help");
        assertThat(ops("@" + file).status()).isEqualTo(2);
    }

    @Test
    void writesABundleFileTwiceAlike() throws IOException {
        Path code = Files.createDirectory(temp.resolve("code"));
        Files.writeString(code.resolve("f.m"), "");
        Path file = temp.resolve("out.tar.gz");
        Ran first = ops("bundle", code.toString(), "-o", file.toString());
        byte[] bytes = Files.readAllBytes(file);
        Ran second = ops("bundle", code.toString(), "-o", file.toString());
        assertThat(first.status()).isZero();
        assertThat(first.out()).matches("wrote \\Q" + file + "\\E, sha256 [0-9a-f]{64}\\R");
        assertThat(second).isEqualTo(first);
        assertThat(file).hasBinaryContent(bytes);
        assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void refusesToPackABundleIntoItself() throws IOException {
        Path code = Files.createDirectory(temp.resolve("code"));
        Files.writeString(code.resolve("f.m"), "");
        Ran ran = ops("bundle", code.toString(), "-o", code.resolve("x.tar.gz").toString());
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("packed into itself");
        assertThat(code).isDirectoryNotContaining("glob:**.gz");
    }

    @Test
    void leavesNoHalfBundleBehind() throws IOException {
        Path code = Files.createDirectory(temp.resolve("code"));
        Files.writeString(code.resolve("f.m"), "");
        Files.createSymbolicLink(code.resolve("g.m"), code.resolve("f.m"));
        Ran ran = ops("bundle", code.toString(), "-o", temp.resolve("x.tar.gz").toString());
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("g.m is a symbolic link");
        try (var files = Files.list(temp)) {
            assertThat(files).containsExactly(code);
        }
    }

    @Test
    void saysWhichDirectoryIsMissing() {
        Ran ran = ops("bundle", temp.resolve("none").toString());
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("none: there is no such file or directory");
    }
}
