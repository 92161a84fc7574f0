package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.CallRequest;

/** Workers of each implementation in a sandbox of bubblewrap's. */
abstract class SandboxBehaviour extends OnWorkers {
    SandboxBehaviour(Launching.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void putWallsAround() {
        launching()
                .sandboxed(new Launching.TestSandbox(SandboxMode.BUBBLEWRAP, false))
                .with(
                        "shell",
                        "function text = shell (command)\n  [~, text] = system (['(', command, ') 2>&1']);\nendfunction\n");
    }

    @AfterEach
    void leaveNoProcess() {
        launching().endTemplates();
        String marker = folder.toString();
        Awaitility.await()
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .map(process -> process.info().commandLine().orElse(""))
                                .filter(line -> line.contains(marker)))
                        .isEmpty());
    }

    private static String shell(Worker worker, String command) {
        return ((CharArray) WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "shell", 1, CharArray.row(command)))
                        .get(0))
                .text();
    }

    @Test
    void itsDirectoriesInMemoryHoldNoMoreThanIsSet() {
        Worker worker = launching().launch();
        for (String directory : List.of("/tmp", "/var/tmp", "/dev/shm")) {
            assertThat(shell(worker, "head -c 2000000 /dev/zero > " + directory + "/large; ls -s " + directory))
                    .contains("No space left");
        }
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void isToldThatItsCallIsCancelled() throws Exception {
        launching().with("waits", """
                function r = waits ()
                  ops.progress (0.5);
                  t = tic ();
                  while (toc (t) < 15 && ! ops.cancelled ())
                    pause (0.01);
                  endwhile
                  r = ops.cancelled ();
                endfunction
                """);
        Worker worker = launching().launch();
        CallRequest request = new CallRequest("", "waits", 1, List.of());

        CompletableFuture<WorkerAnswer> call =
                worker.begin(request, Deadline.after(Duration.ofSeconds(30)), report -> worker.askToEnd());

        assertThat(WorkerBehaviour.outputs(call.get(40, TimeUnit.SECONDS))).containsExactly(LogicalArray.scalar(true));
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void seesNothingButWhatItNeeds() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "word");
        Worker worker = launching().launch();

        assertThat(shell(worker, "cat " + secret)).contains("No such file");
        assertThat(shell(worker, "ls " + folder)).doesNotContain("secret").contains("functions");
        assertThat(shell(
                        worker,
                        "touch /usr/x; touch /etc/x; touch " + launching().loadPath() + "/x"))
                .containsPattern("touch: cannot touch '/usr/x': Read-only")
                .contains("'/etc/x': ")
                .contains("functions/x': Read-only");
        assertThat(shell(worker, "ls -d /root /home /proc/1/root/root")).doesNotContainPattern("(?m)^/root$");
        assertThat(shell(worker, "cat /etc/shadow")).contains("No such file");
        Path outside = Path.of("/tmp", folder.getFileName() + "-probe");
        assertThat(shell(worker, "echo x > " + outside + " && echo written")).isEqualTo("written\n");
        assertThat(outside).doesNotExist();
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void hasNoPrivilegesNoNetworkAndNoOtherProcesses() {
        Worker worker = launching().launch();

        assertThat(shell(worker, "id -u")).isEqualTo(RunAs.serverIsRoot() ? "65534\n" : shell(worker, "id -u"));
        assertThat(shell(worker, "grep -E 'Cap(Prm|Eff|Bnd)|NoNewPrivs' /proc/self/status"))
                .matches("(Cap...:\t0+\n){3}NoNewPrivs:\t1\n");
        assertThat(shell(worker, "cat /proc/net/dev | grep -c :")).isEqualTo("1\n");
        assertThat(shell(worker, "ls /proc | grep -c '^[0-9]'").strip())
                .satisfies(count -> assertThat(Integer.parseInt(count)).isLessThan(12));
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void worksAsEver() throws IOException {
        launching()
                .with(
                        "files",
                        "function r = files ()\n  f = fopen ('own', 'w'); fputs (f, 'x'); fclose (f);\n  t = tempname (); save ('-text', t, 'f');\n  r = [exist('own', 'file'), exist(t, 'file')];\nendfunction\n");
        WorkerLauncher launcher = launching().launcher();
        Worker worker = launcher.launch(launching().spec("octave-cli"));
        Worker other = launcher.launch(launching().spec("octave-cli"));

        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "files", 1))
                        .toString())
                .isEqualTo(WorkerBehaviour.outputs(WorkerBehaviour.call(other, "files", 1))
                        .toString());
        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "identity", 1, NumericArray.scalar(4))))
                .containsExactly(NumericArray.scalar(4));
        assertThat(worker.usage().residentBytes()).isPositive();
        worker.shutdown(Duration.ofSeconds(3));
        other.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void aCallIsKilledAtItsDeadlineWithAllThatItStarted() {
        launching()
                .with(
                        "hang",
                        "function hang ()\n  system ('setsid sleep 8765 & sleep 8765 & sleep 8765');\nendfunction\n");
        Worker worker = launching().launch();

        OpsException failure = catchThrowableOfType(
                OpsException.class, () -> WorkerBehaviour.call(worker, Duration.ofMillis(700), "hang", 0));

        assertThat(failure.code()).isEqualTo(ErrorCode.CALL_TIMEOUT);
        Awaitility.await()
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(p -> p.info().commandLine().orElse("").contains("sleep 8765")));
    }

    @Test
    void aCrashIsToldWithItsSignal() {
        launching().with("crash", "function crash ()\n  kill (getpid (), 11);\n  pause (5);\nendfunction\n");
        Worker worker = launching().launch();
        OpsException failure = catchThrowableOfType(OpsException.class, () -> WorkerBehaviour.call(worker, "crash", 0));
        assertThat(failure.code()).isEqualTo(ErrorCode.WORKER_CRASHED);
    }

    @Test
    void limitsHoldInIt() {
        launching()
                .with("busy", "function busy ()\n  while (true)\n    x = 1;\n  endwhile\nendfunction\n")
                .with(
                        "bomb",
                        "function bomb ()\n  system ('b() { [ $1 -gt 300 ] || { sleep 9753 & b $(($1+1)) & }; sleep 9753; }; b 0');\nendfunction\n");
        WorkerLauncher launcher = launching().launcher();
        WorkerSpec spec = launching().spec("octave-cli");
        Worker busy = launcher.launch(spec.within(limit(WorkerLimit.CPU, 500)));
        assertThat(catchThrowableOfType(OpsException.class, () -> WorkerBehaviour.call(busy, "busy", 0))
                        .code())
                .isEqualTo(ErrorCode.CPU_LIMIT);
        Worker bomb = launcher.launch(spec.within(limit(WorkerLimit.PROCESSES, 20)));
        assertThat(catchThrowableOfType(OpsException.class, () -> WorkerBehaviour.call(bomb, "bomb", 0))
                        .code())
                .isEqualTo(ErrorCode.PROCESS_LIMIT);
        Worker idle = launcher.launch(spec.within(limit(WorkerLimit.PROCESSES, 0)));
        WorkerBehaviour.call(idle, "identity", 0);
        assertThat(idle.state()).isEqualTo(WorkerState.READY);
        idle.shutdown(Duration.ofSeconds(3));
    }

    private static WorkerLimits limit(WorkerLimit limit, long amount) {
        return new WorkerLimits(Map.of(limit, new WorkerLimits.Allowance(amount, "test")));
    }
}
