package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose workers are in sandboxes: what is deployed, compiled and called there. */
final class SandboxedBundlesIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.sandbox.mode", "bubblewrap"));
        server.deploy(TestBundle.packaged("compiled", "1.0.0")
                .file(
                        "src/twice.cc",
                        "#include <octave/oct.h>\nDEFUN_DLD (twice, args, , \"\") { return octave_value (2 * args(0).double_value ()); }\n")
                .file("src/Makefile", "all:\n\t$(MKOCTFILE) twice.cc\n")
                .file("inst/one.m", "function r = one ()\n  r = 1;\nendfunction\n"));
        server.deploy(TestBundle.named("other").function("r = secret ()", "r = 42;"));
        server.deploy(TestBundle.named("shells", "1.0.0", ",\"smoke\":{\"function\":\"plain\"}")
                .function("r = plain ()", "r = 1;")
                .function("text = shell (command)", "[~, text] = system (['(', command, ') 2>&1']);"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String shell(String command) {
        return server.call("/shells/shell", 1, "[\"" + command + "\"]").get(0).asText();
    }

    @Test
    void aPackageIsCompiledAndCalledThere() {
        assertThat(server.call("/compiled/twice", 1, "[21]").get(0).asInt()).isEqualTo(42);
        assertThat(server.call("/compiled/one", 1, "[]").get(0).asInt()).isEqualTo(1);
    }

    @Test
    void noSecretOfTheServersAndNoOtherBundleIsSeen() {
        assertThat(shell("cat " + server.home().resolve("conf/admin-token"))).contains("No such file");
        assertThat(shell("find " + server.home() + " -name secret.m -o -name 'admin*'"))
                .isEmpty();
        assertThat(shell("find " + server.home() + " -name shell.m")).contains("shell.m");
    }

    @Test
    void theServerCannotBeReachedFromThere() {
        assertThat(shell("bash -c 'echo > /dev/tcp/127.0.0.1/" + server.port() + "' && echo connected"))
                .doesNotContain("connected\n");
    }

    @Test
    void statusSaysSo() {
        assertThat(TestServer.json(server.getAsAdmin("/api/v1/status"))
                        .get("runtimes")
                        .get(0)
                        .get("sandbox")
                        .asText())
                .isEqualTo("bubblewrap");
    }
}
