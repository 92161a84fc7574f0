package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.worker.TestModules;

/** What the README promises a newcomer, with the real {@code bin/ops}, the real WAR, real curl and real Octave. */
class NewcomerIT {
    private static final Path OPS = Path.of(System.getProperty("ops.test.basedir"), "bin", "ops");
    private static final Path EXAMPLE = Path.of(System.getProperty("ops.test.basedir"), "docs/examples/magicarchive");
    private static final String MAGIC =
            "{\"lhs\":[{\"mwdata\":[16,5,9,4,2,11,7,14,3,10,6,15,13,8,12,1],\"mwsize\":[4,4],\"mwtype\":\"double\"}]}";

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws Exception {
        ops("stop");
    }

    /** A command that has ended. */
    private record Ended(int status, String output) {}

    private Process begin(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPS_HOME", home().toString());
        builder.environment().put("OPS_HTTP_PORT", "0");
        builder.environment().remove("OPS_SERVER");
        return builder.start();
    }

    private Ended run(String... command) throws Exception {
        Process process = begin(command);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private Ended ops(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(OPS.toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command.toArray(String[]::new));
    }

    private Path home() {
        return folder.resolve("home");
    }

    /** As from its second start on: the first compiles it, on all processors there are. */
    private void haveTheNativeWorkersModule() {
        TestModules.provide(home(), Map.of());
    }

    @Test
    void startsDeploysTheExamplesAndThePrintedCurlLineAnswers() throws Exception {
        Ended start = ops("start", "--background");

        assertThat(start.status()).as(start.output()).isZero();
        Matcher curl = Pattern.compile("(?m)^ *(curl .*)$").matcher(start.output());
        assertThat(curl.find()).as(start.output()).isTrue();
        assertThat(run("sh", "-c", curl.group(1)).output()).isEqualTo(MAGIC);
        assertThat(ops("list", "--names").output().lines()).containsExactly("curvefit", "magicarchive");
        assertThat(ops("call", "magicarchive/mymagic", "4").output()).contains("16    2    3   13");
        assertThat(ops("start", "--background").output()).contains("runs already");

        assertThat(ops("stop").status()).isZero();
        assertThat(home().resolve("run/endpoint")).doesNotExist();
        assertThat(ops("list").status()).isEqualTo(3);
    }

    @Test
    void deploysCallsAndTakesAwayAFunctionOfOnesOwn() throws Exception {
        Path function = Files.createDirectory(folder.resolve("greeting"));
        Files.writeString(function.resolve("greet.m"), """
                function text = greet (name)
                  if (isempty (name))
                    error ("greeting:noName", "who are you?");
                  endif
                  text = ["Hello, ", name, "!"];
                endfunction
                """);
        haveTheNativeWorkersModule();
        ops("start", "--background");

        assertThat(ops("deploy", function.toString()).output()).contains("greeting 0.0.0 deployed");
        assertThat(ops("call", "greeting/greet", "\"Ann\"").output()).contains("Hello, Ann!");
        Ended thrown = ops("call", "greeting/greet", "\"\"");
        assertThat(thrown.status()).isEqualTo(1);
        assertThat(thrown.output()).contains("who are you?", "greet at line 3");
        assertThat(ops("undeploy", "greeting").status()).isZero();
        assertThat(ops("call", "greeting/greet", "\"Ann\"").output()).contains("no bundle is named \"greeting\"");
    }

    @Test
    void inTheForegroundItStaysUntilItIsToldToEnd() throws Exception {
        haveTheNativeWorkersModule();
        Process start = begin(OPS.toString(), "start");
        Duration limit = Duration.ofSeconds(60);
        Awaitility.await().atMost(limit).until(() -> Files.exists(home().resolve("run/endpoint")));
        Awaitility.await()
                .atMost(limit)
                .until(() -> ops("list", "--names").output().contains("magicarchive"));
        assertThat(start.isAlive()).isTrue();

        assertThat(ops("stop").status()).isZero();

        assertThat(start.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(folder.toString())))
                .isEmpty();
    }

    @Test
    void withoutOctaveTheCommandLineSaysWhatToInstall() throws Exception {
        Process start =
                begin("env", "OPS_RUNTIME_COMMAND=/nonexistent/octave-cli", OPS.toString(), "start", "--background");
        start.getInputStream().readAllBytes();
        start.waitFor();

        assertThat(ops("status").output()).contains("apt-get install octave");
        Ended deploy = ops("deploy", EXAMPLE.toString());
        assertThat(deploy.status()).isEqualTo(1);
        assertThat(deploy.output()).contains("apt-get install octave");
    }
}
