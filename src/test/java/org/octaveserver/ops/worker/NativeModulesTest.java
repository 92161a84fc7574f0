package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeBuild;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.WorkerFrames;

class NativeModulesTest {
    private static final OctaveRuntime OCTAVE = new OctaveRuntime(
            "default", List.of("octave-cli"), new RuntimeBuild("7.3.0", "api-v57", "x86_64"), List.of(), "");

    @TempDir
    Path folder;

    private final FakeWorkers workers = new FakeWorkers();

    @BeforeEach
    void writeSources() throws IOException {
        Files.createDirectories(folder.resolve("code/native"));
        Files.createDirectories(folder.resolve("code/worker"));
        Files.writeString(folder.resolve("code/native/a.cc"), "int a;");
        Files.writeString(folder.resolve("code/worker/ops_build_native.m"), "1;");
    }

    @AfterEach
    void end() {
        workers.close();
    }

    private NativeModules modules(Implementation wanted) {
        WorkerSettings settings = new Launching.TestSettings(
                Duration.ofSeconds(10), new DataSize(1 << 20), new DataSize(1 << 20), wanted, RandomStreams.KEEP);
        return new NativeModules(settings, folder.resolve("runtimes"), folder.resolve("code"), workers);
    }

    /** Workers that compile whatever they are told to. */
    private void compiling() {
        onBuild((self, number, call) -> {
            Path into = Path.of(((CharArray) call.arguments().get(1)).text());
            Files.writeString(into.resolve("ops_native.oct"), "compiled");
            self.answer(number, call, List.of());
        });
    }

    private void failingWith(String identifier, String message) {
        onBuild((self, number, call) -> {
            self.print("what the compiler says\n" + call.outputMark());
            self.send(WorkerFrames.failure(
                    number, new OctaveFailure(OctaveFailure.Reason.THROWN, identifier, message, List.of())));
            self.send(WorkerFrames.bare(FrameKind.READY, number));
        });
    }

    private void onBuild(WorkerFixture.OnCall build) {
        workers.making(pid -> FakeWorkerProcess.greeting(pid, (self, frame) -> {
            if (frame.kind() == FrameKind.CALL) {
                CallRequest call = WorkerFrames.call(frame);
                assertThat(call.function()).isEqualTo("ops_build_native");
                build.run(self, frame.number(), call);
            } else {
                FakeWorkerProcess.obey(self, frame);
            }
        }));
    }

    private static void found(NativeModules modules) {
        modules.runtimeChanged(new RuntimeStatus.Available(OCTAVE, Optional.empty()));
    }

    private static NativeModule built(NativeModules modules) {
        found(modules);
        await().until(() -> !modules.module(OCTAVE).reason().contains("is being built"));
        modules.stop();
        return modules.module(OCTAVE);
    }

    private List<Path> places() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("runtimes/default"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void buildsForARuntimeThatIsFoundAndTellsSo() {
        compiling();
        List<OctaveRuntime> told = new CopyOnWriteArrayList<>();
        NativeModules modules = modules(Implementation.AUTO);
        modules.listen(told::add);

        assertThat(built(modules))
                .isInstanceOfSatisfying(
                        NativeModule.Ready.class,
                        ready -> assertThat(ready.folder().resolve("ops_native.oct"))
                                .hasContent("compiled"));

        assertThat(modules.module("default").map(NativeModule::implementation)).contains("native");
        assertThat(modules.folder(OCTAVE)).isPresent();
        assertThat(told).containsExactly(OCTAVE);
    }

    @Test
    void findsAgainWhatWasBuiltBefore() {
        compiling();
        built(modules(Implementation.AUTO));
        NativeModules later = modules(Implementation.AUTO);

        found(later);

        assertThat(later.module(OCTAVE)).isInstanceOf(NativeModule.Ready.class);
        assertThat(workers.launched()).hasSize(1);
    }

    @Test
    void buildsAnewFromOtherSourcesAndRemovesWhatWasBuiltOfTheOld() throws IOException {
        compiling();
        built(modules(Implementation.AUTO));
        List<Path> before = places();
        Files.writeString(folder.resolve("code/native/a.cc"), "int b;");

        built(modules(Implementation.AUTO));

        assertThat(places()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(workers.launched()).hasSize(2);
    }

    @Test
    void saysWhatToInstallWhereThereIsNoCompiler() throws IOException {
        failingWith("ops:buildToolsMissing", "mkoctfile");
        NativeModules modules = modules(Implementation.AUTO);

        NativeModule module = built(modules);

        assertThat(module.implementation()).isEqualTo("portable");
        assertThat(module.reason()).contains("has no mkoctfile").contains("apt-get install octave-dev");
        assertThat(modules.folder(OCTAVE)).isEmpty();
        assertThat(places()).isEmpty();
    }

    @Test
    void keepsWhatTheCompilerSaidWhenItDoesNotCompile() {
        failingWith("ops:buildFailed", "it does not compile");

        NativeModule module = built(modules(Implementation.AUTO));

        Path log = folder.resolve("runtimes/default/build.log");
        assertThat(module.reason()).isEqualTo("the native worker could not be built: it does not compile; see " + log);
        assertThat(log).content().contains("what the compiler says");
    }

    @Test
    void aCompilerThatTakesOctaveWithItIsNoEndOfTheServer() {
        onBuild((self, number, call) -> self.exit(139));

        assertThat(built(modules(Implementation.AUTO)).reason())
                .startsWith("building the native worker failed: Octave crashed");
    }

    @Test
    void buildsNothingWherePortableWorkersAreWanted() {
        NativeModules modules = modules(Implementation.PORTABLE);

        assertThat(built(modules).reason()).isEqualTo("the setting ops.worker.implementation is portable");
        assertThat(workers.launched()).isEmpty();
    }

    @Test
    void whereNativeOnesAreWantedNoOtherStarts() {
        failingWith("ops:buildToolsMissing", "g++");
        NativeModules modules = modules(Implementation.NATIVE);

        assertThatThrownBy(() -> modules.folder(OCTAVE))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_START_FAILED))
                .hasMessageContaining("has no g++")
                .hasMessageContaining("ops.worker.implementation");
        modules.stop();
    }

    @Test
    void stoppingEndsABuild() {
        onBuild((self, number, call) -> {});
        NativeModules modules = modules(Implementation.AUTO);
        found(modules);
        await().until(() -> workers.alive() == 1);

        modules.stop();

        assertThat(workers.alive()).isZero();
    }
}
