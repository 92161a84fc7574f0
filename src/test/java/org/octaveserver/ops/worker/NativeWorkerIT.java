package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;

/** The native worker, forked from a template. */
class NativeWorkerIT extends WorkerBehaviour {
    private static final Duration STOP = Duration.ofSeconds(3);

    NativeWorkerIT() {
        super(Launching.Kind.FORKED);
    }

    private WorkerSpec spec() {
        return launching().spec("octave-cli");
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    @Test
    void itsChannelIsNoneOfOctavesFiles() {
        launching()
                .with("shut", "function shut ()\n  fclose ('all');\nendfunction\n")
                .with("files", "function r = files ()\n  r = numel (fopen ('all'));\nendfunction\n");
        Worker worker = launching().launch();

        call(worker, "shut", 0);

        assertThat(outputs(call(worker, "files", 1))).containsExactly(NumericArray.scalar(0));
        worker.shutdown(STOP);
    }

    @Test
    void workersOfASpecAreCopiesOfOneProcess() {
        launching().with("counter", "function r = counter ()\n  persistent n = 0;\n  r = ++n;\nendfunction\n");
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker one = launcher.launch(spec());
        long template = template(one);
        Worker other = launcher.launch(spec());

        call(one, "counter", 1);

        assertThat(outputs(call(other, "counter", 1))).containsExactly(NumericArray.scalar(1));
        assertThat(template(other)).isEqualTo(template);
        assertThat(template).isNotEqualTo(ProcessHandle.current().pid());
        one.shutdown(STOP);
        other.shutdown(STOP);
    }

    @Test
    void drawsOtherRandomNumbersThanTheOthers() {
        launching()
                .with(
                        "draw",
                        "function varargout = draw ()\n  varargout = {rand, randn, rande, randg(1), randp(1e9)};\nend\n");
        WorkerLauncher launcher = launching().launcher();
        Set<OctaveValue> drawn = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            Worker worker = launcher.launch(spec());
            drawn.addAll(outputs(call(worker, "draw", 5)));
            worker.shutdown(STOP);
        }
        assertThat(drawn).hasSize(10);
    }

    @Test
    void worksInDirectoriesOfItsOwn() {
        launching()
                .with(
                        "places",
                        "function [w, h, t] = places ()\n  w = pwd (); h = getenv ('HOME'); t = tempdir ();\nend\n");
        WorkerLauncher launcher = launching().launcher();
        Worker one = launcher.launch(spec());
        Worker other = launcher.launch(spec());

        List<OctaveValue> places = outputs(call(one, "places", 3));

        assertThat(places).doesNotContainAnyElementsOf(outputs(call(other, "places", 3)));
        assertThat(places)
                .allSatisfy(place -> assertThat(((CharArray) place).text())
                        .startsWith(launching().scratch().resolve(one.id()).toString()));
        one.shutdown(STOP);
        other.shutdown(STOP);
    }

    @Test
    void itsWorkersOutliveATemplateAndOthersAreForkedOfAnother() {
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker one = launcher.launch(spec());
        long first = template(one);
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> !runs(first));

        Worker other = launcher.launch(spec());

        assertThat(template(other)).isNotEqualTo(first);
        assertThat(outputs(call(one, "identity", 1, NumericArray.scalar(1)))).containsExactly(NumericArray.scalar(1));
        assertThat(outputs(call(other, "identity", 1, NumericArray.scalar(2)))).containsExactly(NumericArray.scalar(2));
        one.shutdown(STOP);
        other.shutdown(STOP);
    }

    @Test
    void aTemplateThatHangsIsReplaced() {
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker one = launcher.launch(spec());
        long first = template(one);
        signal("STOP", first);

        Worker other = launcher.launch(spec());

        assertThat(template(other)).isNotEqualTo(first);
        assertThat(outputs(call(other, "identity", 1, NumericArray.scalar(2)))).containsExactly(NumericArray.scalar(2));
        one.shutdown(STOP);
        other.shutdown(STOP);
    }

    /** The process that a worker was forked from, which must be alive. */
    private static long template(Worker worker) {
        return ProcessHandle.of(worker.pid())
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElseThrow();
    }

    private static void signal(String name, long pid) {
        try {
            assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As user code may, which runs under the same account. */
    @Test
    void aTemplateWhoseSocketWasReplacedIsReplaced() throws IOException {
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker one = launcher.launch(spec());
        long first = template(one);
        Path socket;
        try (Stream<Path> files = Files.walk(launching().scratch())) {
            socket = files.filter(file -> file.endsWith("socket")).findFirst().orElseThrow();
        }
        Files.delete(socket);
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));

            Worker two = launcher.launch(spec());

            assertThat(template(two)).isNotEqualTo(first);
            assertThat(outputs(call(two, "identity", 1, NumericArray.scalar(2))))
                    .containsExactly(NumericArray.scalar(2));
            one.shutdown(STOP);
            two.shutdown(STOP);
        }
    }

    @Test
    void aTemplateEndsWhenNobodyWantsItAndItsLastWorkerHasEnded() {
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker worker = launcher.launch(spec());
        long template = template(worker);

        launcher.keepOnly(Set.of());
        assertThat(runs(template)).isTrue();

        worker.shutdown(STOP);
        launcher.keepOnly(Set.of());
        assertThat(runs(template)).isFalse();
    }

    @Test
    void aWorkerIsStartedAfreshWhereWhatIsLoadedHasThreads() throws Exception {
        Files.createDirectories(launching().loadPath());
        // FFTW starts its threads when it plans.
        Files.writeString(launching().loadPath().resolve("PKG_ADD"), "fftw ('threads', 4); fft2 (rand (4096));\n");
        NativeLauncher launcher = (NativeLauncher) launching().launcher();

        Worker worker = launcher.launch(spec());

        assertThat(worker.hello().implementation()).isEqualTo("native");
        assertThat(outputs(call(worker, "identity", 1, NumericArray.scalar(1)))).hasSize(1);
        worker.shutdown(STOP);
    }

    @Test
    void aCopyThatUserCodeForksAnswersNothing() {
        launching().with("copy", "function r = copy ()\n  r = fork ();\nendfunction\n");
        Worker worker = launching().launch();

        OctaveValue child = outputs(call(worker, "copy", 1)).get(0);

        assertThat(child).isNotEqualTo(NumericArray.scalar(0));
        assertThat(outputs(call(worker, "identity", 1, NumericArray.scalar(1)))).hasSize(1);
        worker.shutdown(STOP);
    }

    @Test
    void nobodyButTheServerIsAWorkersOtherEnd() {
        // A worker that finds the socket of its template gets no connection to a later worker.
        launching()
                .with(
                        "knock",
                        "function r = knock (p)\n  r = system (['exec 3<>/dev/null; python3 -c \"import socket,time,sys; [socket.socket(socket.AF_UNIX).connect(sys.argv[1]) for i in range(4)]; time.sleep(1)\" ', p]);\nend\n");
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        Worker one = launcher.launch(spec());
        String socket = socketOfTemplate();
        assertThat(outputs(call(one, "knock", 1, CharArray.row(socket)))).containsExactly(NumericArray.scalar(0));

        Worker other = launcher.launch(spec());

        assertThat(outputs(call(other, "identity", 1, NumericArray.scalar(1)))).hasSize(1);
        one.shutdown(STOP);
        other.shutdown(STOP);
    }

    private String socketOfTemplate() {
        try (Stream<Path> found = Files.walk(launching().scratch())) {
            return found.filter(path -> path.endsWith("fork/socket"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCrashIsToldWithItsSignalThroughTheTemplate() {
        launching().with("crash", "function crash ()\n  kill (getpid (), 6);\n  pause (5);\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(codeOf(() -> call(worker, "crash", 0))).isEqualTo(ErrorCode.WORKER_CRASHED);
    }
}
