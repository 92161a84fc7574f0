package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.OctaveFailure;

/** What becomes of calls that use more than they may, in a worker of each implementation. */
abstract class LimitBehaviour extends OnWorkers {
    static final long MEGA = 1 << 20;

    LimitBehaviour(Launching.Kind kind) {
        super(kind);
    }

    Worker within(WorkerLimit limit, long amount) {
        return launching()
                .launchWithin(new WorkerLimits(Map.of(limit, new WorkerLimits.Allowance(amount, "limits of a test"))));
    }

    static OpsException failure(Worker worker, String function) {
        OpsException failure = catchThrowableOfType(
                OpsException.class, () -> WorkerBehaviour.call(worker, Duration.ofSeconds(20), function, 0));
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
        return failure;
    }

    static String thrown(Worker worker, String function) {
        OctaveFailure failure = WorkerBehaviour.failure(WorkerBehaviour.call(worker, function, 1));
        worker.shutdown(Duration.ofSeconds(3));
        return failure.message();
    }

    private static long running(String marked) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(marked))
                .count();
    }

    private void assertNothingIsLeftOf(String marked) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> running(marked) == 0);
    }

    @Test
    void aCallThatComputesTooLongIsStoppedWithTheTimeThatItUsed() {
        launching().with("busy", "function busy ()\n  while (true)\n    x = 1;\n  endwhile\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.CPU, 500), "busy");
        assertThat(failure.code()).isEqualTo(ErrorCode.CPU_LIMIT);
        assertThat(failure)
                .hasMessageMatching(
                        "the function used \\d+ m?s of processor time; the limit is 500 ms \\(limits of a test\\);"
                                + " its worker was stopped");
    }

    @Test
    void theProcessorTimeOfProgramsCountsAndThatOfEarlierCallsDoesNot() {
        launching()
                .with(
                        "some",
                        "function some ()\n  t = cputime ();\n  while (cputime () < t + 0.5)\n  endwhile\nendfunction\n")
                .with("program", "function program ()\n  system ('while :; do :; done');\nendfunction\n");
        Worker worker = within(WorkerLimit.CPU, 900);
        WorkerBehaviour.call(worker, "some", 0);
        WorkerBehaviour.call(worker, "some", 0);
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        assertThat(failure(worker, "program").code()).isEqualTo(ErrorCode.CPU_LIMIT);
    }

    @Test
    void aWorkerThatOccupiesTooMuchMemoryIsStoppedWithTheFigure() {
        launching().with("hoard", "function hoard ()\n  x = ones (1e8, 1); pause (10);\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.MEMORY, 300 * MEGA), "hoard");
        assertThat(failure.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
        assertThat(failure)
                .hasMessageMatching(
                        "the function's processes occupied [3-9]\\d\\d\\.\\d MB of memory; the limit is 300MB"
                                + " \\(limits of a test\\); its worker was stopped");
    }

    @Test
    void aProgramThatIsStartedDoesNotCountAsAnotherCopyOfItsWorker() {
        launching()
                .with(
                        "many",
                        "function many ()\n  x = ones (2e7, 1);\n  for i = 1:50\n    system ('true');\n  endfor\nendfunction\n");
        Worker worker = within(WorkerLimit.MEMORY, 300 * MEGA);
        WorkerBehaviour.call(worker, "many", 0);
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void aCallThatPrintsTooMuchIsStopped() {
        launching()
                .with(
                        "chatter",
                        "function chatter ()\n  while (true)\n    puts (repmat ('x', 1, 10000));\n  endwhile\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.OUTPUT, 2 * MEGA), "chatter");
        assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_LIMIT);
        assertThat(failure)
                .hasMessageMatching(
                        "the function printed \\d{7} bytes and more; the limit is 2MB \\(limits of a test\\); its worker was stopped");
    }

    /** The answer comes with the end of the output, and must not be quicker than the limit. */
    @Test
    void aCallThatHasPrintedTooMuchIsNotAnswered() {
        launching().with("chatter", "function chatter ()\n  puts (repmat ('x', 1, 20000));\nendfunction\n");
        WorkerLauncher launcher = launching().launcher();
        WorkerSpec spec = launching()
                .spec("octave-cli")
                .within(new WorkerLimits(
                        Map.of(WorkerLimit.OUTPUT, new WorkerLimits.Allowance(10_000, "limits of a test"))));
        for (int i = 0; i < 10; i++) {
            assertThat(failure(launcher.launch(spec), "chatter").code()).isEqualTo(ErrorCode.OUTPUT_LIMIT);
        }
    }

    @Test
    void whatSeveralCallsPrintIsCountedForEach() {
        launching().with("chatter", "function chatter ()\n  puts (repmat ('x', 1, 60000));\nendfunction\n");
        Worker worker = within(WorkerLimit.OUTPUT, 100_000);
        for (int i = 0; i < 3; i++) {
            assertThat(WorkerBehaviour.call(worker, "chatter", 0).printed()).hasSize(60_000);
        }
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void outputsBeyondTheirLimitAreRefusedWithBothSizes() {
        launching().with("large", "function r = large ()\n  r = zeros (1000, 1000);\nendfunction\n");
        Worker worker = within(WorkerLimit.RESULT, 1 << 20);
        OpsException failure = catchThrowableOfType(OpsException.class, () -> WorkerBehaviour.call(worker, "large", 1));
        assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(failure).hasMessage("the outputs take 8000028 bytes; 1048576 are allowed (limits of a test)");
    }

    // The bombs end by themselves at some hundred processes: other tests run on this machine meanwhile.

    @Test
    void aForkBombOfAShellIsStoppedAndNothingIsLeft() {
        launching()
                .with(
                        "bomb",
                        "function bomb ()\n  system ('b() { [ $1 -gt 300 ] || { sh -c \"sleep 4321; true\" & b $(($1+1)) & }; sleep 4321; }; b 0'); pause (10);\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.PROCESSES, 20), "bomb");
        assertThat(failure.code()).isEqualTo(ErrorCode.PROCESS_LIMIT);
        assertThat(failure)
                .hasMessageMatching(
                        "the function had \\d+ processes beside Octave; the limit is 20 \\(limits of a test\\);"
                                + " its worker was stopped");
        assertNothingIsLeftOf("sleep 4321");
    }

    @Test
    void aForkBombThatLeavesItsSessionIsStoppedToo() {
        launching()
                .with(
                        "bomb",
                        "function bomb ()\n  for i = 1:40\n    system ('setsid sleep 5432 &');\n  endfor\n  system ('for i in 1 2 3 4 5 6; do sleep 5432 & done; wait');\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.PROCESSES, 5), "bomb");
        assertThat(failure.code()).isEqualTo(ErrorCode.PROCESS_LIMIT);
        assertNothingIsLeftOf("sleep 5432");
    }

    @Test
    void aForkBombOfOctaveItselfIsStoppedAndNothingIsLeft() {
        launching()
                .with(
                        "bomb",
                        "function bomb ()\n  for i = 1:8\n    if (fork () == 0)\n      exec ('sleep', {'6543'});\n    endif\n    fork ();\n  endfor\n  pause (60);\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.PROCESSES, 20), "bomb");
        assertThat(failure.code()).isEqualTo(ErrorCode.PROCESS_LIMIT);
        assertNothingIsLeftOf("sleep 6543");
    }

    @Test
    void aBombThatOutlivesItsCallIsStopped() {
        launching()
                .with(
                        "bomb",
                        "function bomb ()\n  system ('(sleep 0.5; for i in $(seq 300); do sleep 7654 & done; sleep 7654) >/dev/null 2>&1 &');\nendfunction\n");
        Worker worker = within(WorkerLimit.PROCESSES, 20);
        WorkerBehaviour.call(worker, "bomb", 0);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> worker.state() == WorkerState.DEAD);
        assertNothingIsLeftOf("sleep 7654");
    }

    @Test
    void noProgramMayRunWhereTheLimitIsNone() {
        launching().with("program", "function program ()\n  system ('sleep 10');\nendfunction\n");
        assertThat(failure(within(WorkerLimit.PROCESSES, 0), "program").code()).isEqualTo(ErrorCode.PROCESS_LIMIT);
    }

    @Test
    void anAddressSpaceThatIsUsedUpIsNamedInOctavesOwnError() {
        launching().with("hoard", "function r = hoard ()\n  r = ones (4e8, 1);\nendfunction\n");
        assertThat(thrown(within(WorkerLimit.ADDRESS_SPACE, 2048 * MEGA), "hoard"))
                .startsWith("out of memory")
                .endsWith("[the limit of its worker: address-space 2GB (limits of a test)]");
    }

    @Test
    void tooManyOpenFilesAreNamedInTheErrorThatTellsOfThem() {
        launching()
                .with(
                        "opener",
                        "function r = opener ()\n  for i = 1:100\n    [r, why] = fopen ('/etc/passwd');\n    if (r < 0)\n      error (why);\n    endif\n  endfor\nendfunction\n");
        assertThat(thrown(within(WorkerLimit.OPEN_FILES, 32), "opener"))
                .isEqualTo("Too many open files [the limit of its worker: open-files 32 (limits of a test)]");
    }

    @Test
    void limitsThatAreNotMetChangeNothing() {
        Worker worker = launching()
                .launchWithin(new WorkerLimits(Map.of(
                        WorkerLimit.CPU, new WorkerLimits.Allowance(10_000, "x"),
                        WorkerLimit.MEMORY, new WorkerLimits.Allowance(2048 * MEGA, "x"),
                        WorkerLimit.ADDRESS_SPACE, new WorkerLimits.Allowance(8192 * MEGA, "x"),
                        WorkerLimit.FILE_SIZE, new WorkerLimits.Allowance(MEGA, "x"),
                        WorkerLimit.OPEN_FILES, new WorkerLimits.Allowance(64, "x"),
                        WorkerLimit.PROCESSES, new WorkerLimits.Allowance(5, "x"))));
        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "identity", 1, NumericArray.scalar(3))))
                .isEqualTo(List.of(NumericArray.scalar(3)));
        worker.shutdown(Duration.ofSeconds(3));
    }
}
