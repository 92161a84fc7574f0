package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockIT {
    @TempDir
    Path directory;

    private OpsHome home = new OpsHome(Path.of("home"));
    private HomeLock first = new HomeLock(home);

    @BeforeEach
    void start() {
        home = new OpsHome(directory);
        home.create();
        first = new HomeLock(home);
        first.start();
    }

    @AfterEach
    void stop() {
        first.stop();
    }

    /** Another process. Takes the lock and says so, or says why it cannot. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) {
            try {
                new HomeLock(new OpsHome(Path.of(args[0]))).start();
                System.out.println("locked");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String otherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private void assertRefusedHere(OpsHome second) {
        assertThatThrownBy(() -> new HomeLock(second).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("another server uses " + second.directory()
                        + "; stop it, or set OPS_HOME to a directory of this server's own");
    }

    @Test
    void refusesASecondServerInTheSameProcess() {
        assertRefusedHere(home);
    }

    @Test
    void refusesItUnderAnotherNameToo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        assertRefusedHere(new OpsHome(link));
    }

    @Test
    void refusesAnotherProcess() throws Exception {
        assertThat(otherProcess())
                .startsWith("another server uses " + directory)
                .contains("OPS_HOME");
    }

    @Test
    void holdsAgainstAnotherProcessAfterASecondServerHereWasRefused() throws Exception {
        assertRefusedHere(home);
        assertThat(otherProcess()).startsWith("another server uses ");
    }

    @Test
    void letsTheNextOneInWhenItIsStopped() throws Exception {
        first.stop();
        first.stop();
        assertThat(otherProcess()).isEqualTo("locked");
        HomeLock next = new HomeLock(home);
        next.start();
        assertRefusedHere(home);
        next.stop();
    }

    @Test
    void staysFreeWhenTheLockCannotBeMade() throws IOException {
        first.stop();
        Files.delete(home.run().resolve("lock"));
        Files.createDirectory(home.run().resolve("lock"));
        assertThatThrownBy(() -> new HomeLock(home).start()).hasMessageContaining("cannot lock");
        Files.delete(home.run().resolve("lock"));
        HomeLock next = new HomeLock(home);
        next.start();
        next.stop();
    }
}
