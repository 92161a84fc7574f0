package org.octaveserver.ops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

@Timeout(60)
class RuntimeProbeIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private OctaveRuntime probe(String body, Duration limit) {
        Path script = Scripts.make(directory.resolve("octave"), body);
        return new RuntimeProbe(limit)
                .probe(new Registration("default", List.of(script.toString())))
                .runtime();
    }

    private String refusal(String body, Duration limit) {
        return refusal(catchThrowableOfType(OpsException.class, () -> probe(body, limit)));
    }

    private static String refusal(OpsException refused) {
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE);
        assertThat(refused.getMessage()).contains("apt-get install octave").contains("ops.runtime.command");
        return refused.getMessage();
    }

    @Test
    void knowsARealOctave() {
        OctaveRuntime runtime = new RuntimeProbe(LONG)
                .probe(new Registration("default", List.of("octave-cli")))
                .runtime();
        assertThat(runtime.id()).isEqualTo("default");
        assertThat(runtime.command()).containsExactly("octave-cli");
        assertThat(runtime.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(runtime.build().identity())
                .startsWith(runtime.version() + "+api-v")
                .matches("[A-Za-z0-9._+-]+");
        assertThat(runtime.stamp()).contains("octave-cli").contains("octave_packages");
    }

    @Test
    void makesADirectoryNameOfWhateverAProgramSays() {
        OctaveRuntime runtime = probe("printf 'ops-version 9.2.0\\nops-build ../../api v1\\thost/x\\n'", LONG);
        assertThat(runtime.build().identity()).isEqualTo("9.2.0+.._.._api_v1+host_x");
    }

    @Test
    void readsPackages() {
        OctaveRuntime runtime = probe(
                "echo 'ops-version 9.2.0'; printf 'ops-package %s\\t%s\\t%s\\t%s\\t%s\\n'"
                        + " signal 1.4.5 /lib/signal/arch /share/signal 'octave (>= 3.8),control (>= 2.4),'"
                        + " control 4.0.0 '' /share/control ''",
                LONG);
        assertThat(runtime.version()).isEqualTo("9.2.0");
        assertThat(runtime.packages())
                .containsExactly(
                        new RuntimePackage(
                                "signal",
                                "1.4.5",
                                List.of(Path.of("/lib/signal/arch"), Path.of("/share/signal")),
                                List.of("octave (>= 3.8)", "control (>= 2.4)")),
                        new RuntimePackage("control", "4.0.0", List.of(Path.of("/share/control")), List.of()));
    }

    @Test
    void doesNotMindWarningsBeforeTheAnswer() {
        assertThat(probe("echo 'warning: no display' >&2; exec octave-cli \"$@\"", LONG)
                        .version())
                .matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void leavesNoInputToWaitFor() {
        assertThat(probe("cat; echo 'ops-version 9.2.0'", LONG).version()).isEqualTo("9.2.0");
    }

    @Test
    void saysThatACommandDoesNotExist() {
        String message = refusal(catchThrowableOfType(
                OpsException.class,
                () -> new RuntimeProbe(LONG).probe(new Registration("default", List.of("/nonexistent/octave-cli")))));
        assertThat(message).startsWith("Octave (/nonexistent/octave-cli) cannot be started: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/true", "/bin/false", "/bin/cat", "/bin/echo", "/bin/sh", "/usr/bin/env"})
    void isNotFooledByAnotherProgram(String program) {
        String message = refusal(catchThrowableOfType(
                OpsException.class, () -> new RuntimeProbe(LONG).probe(new Registration("default", List.of(program)))));
        assertThat(message).contains("is no Octave that works; it ended with status ");
    }

    @Test
    void quotesLittleOfWhatAnotherProgramPrints() {
        String message = refusal("head -c 200000 /dev/zero | tr '\\0' x; printf '\\033[31m'", LONG);
        assertThat(message).contains("printed: xxx").hasSizeLessThan(1000).doesNotContain("\033");
    }

    @Test
    void refusesAnAnswerOfAFailedProcess() {
        assertThat(refusal("echo 'ops-version 9.2.0'; exit 3", LONG)).contains("ended with status 3");
    }

    @Test
    void refusesAVersionThatIsNone() {
        assertThat(refusal("echo 'ops-version unknown'", LONG)).contains("printed: ops-version unknown");
    }

    @Test
    void givesUpOnAProgramThatPrintsWithoutEnd() {
        assertThat(refusal("exec yes", LONG)).contains("prints without end");
    }

    @Test
    void givesUpOnAProgramThatHangsAndKillsItWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        String message = refusal("sleep 300 & echo $! > " + pid + "; wait", Duration.ofSeconds(1));
        assertThat(message).contains("does not answer within 1000 ms (ops.runtime.probe-timeout)");
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child)
                .ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void doesNotWaitForAChildThatKeepsTheOutputOpen() {
        long begin = System.nanoTime();
        assertThat(probe("setsid sleep 20 & echo 'ops-version 9.2.0'", LONG).version())
                .isEqualTo("9.2.0");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void leavesAtOnceWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(refusal("sleep 300", LONG)).contains("the server stops");
        assertThat(Thread.interrupted()).isTrue();
    }
}
