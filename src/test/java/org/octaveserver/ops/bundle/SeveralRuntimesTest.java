package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;

/** To which of several Octaves bundles go, and what is made for each. */
class SeveralRuntimesTest {
    private static final OctaveRuntime SEVEN = Bundles.octave("default", "7.3.0");
    private static final OctaveRuntime NINE = Bundles.octave("nine", "9.4.0");
    private static final OctaveRuntime TEN = Bundles.octave("ten", "10.1.0");

    @TempDir
    Path root;

    private final AtomicLong clock = new AtomicLong();
    private Bundles bundles = new Bundles(Path.of("unused"));
    private TreePreparer preparer = new TreePreparer(bundles.maker);

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
        runtimes(SEVEN, NINE, TEN);
        preparer = new TreePreparer(bundles.maker, clock::get);
    }

    @AfterEach
    void close() {
        preparer.stop();
    }

    private void runtimes(OctaveRuntime... all) {
        bundles.runtimes.clear();
        bundles.runtimes.addAll(List.of(all));
    }

    private static byte[] bundle(String name, String... depends) {
        return archive()
                .file(
                        "ops.json",
                        "{\"name\":\"" + name + "\",\"version\":\"1.0\",\"depends\":[\""
                                + String.join("\",\"", depends.length == 0 ? new String[] {"octave"} : depends)
                                + "\"]}")
                .file("f.m", "")
                .zip();
    }

    private static byte[] compiled(String source) {
        return archive()
                .file("p/DESCRIPTION", "Name: p\nVersion: 1.0\n")
                .file("p/inst/f.m", "")
                .file("p/src/g.cc", source)
                .tarGz();
    }

    private DeployedVersion deploy(byte[] file, String... runtime) {
        Deployed deployed = bundles.deployer.deploy(
                new ByteArrayInputStream(file),
                new DeployRequest(
                        "ann",
                        "a test",
                        DeployMode.UPGRADE,
                        BundleNaming.BY_FILE,
                        List.of(runtime).stream().findFirst()));
        return deployed.release()
                .deployed(deployed.version().name().text())
                .orElseThrow()
                .byDefault();
    }

    private void refuses(byte[] file, ErrorCode code, String message, String... runtime) {
        assertThatThrownBy(() -> deploy(file, runtime))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
        assertThat(bundles.visible()).isEmpty();
    }

    @Test
    void theDefaultOneIsTakenWhereItFits() {
        assertThat(deploy(bundle("any")).runtime()).contains("default");
        assertThat(deploy(bundle("old", "octave (>= 7) (< 8)")).runtime()).contains("default");
        runtimes(NINE, SEVEN, TEN);
        assertThat(deploy(bundle("other", "octave (>= 7)")).runtime()).contains("nine");
    }

    @Test
    void elseTheNewestThatFitsByNumbersAndNotByLetters() {
        assertThat(deploy(bundle("new", "octave (>= 9)")).runtime()).contains("ten");
        assertThat(deploy(bundle("middle", "octave (>= 8)", "octave (< 10)")).runtime())
                .contains("nine");
    }

    @Test
    void ofTwoOfTheSameVersionTheFirst() {
        runtimes(SEVEN, Bundles.octave("a", "9.4.0"), Bundles.octave("b", "9.4.0"));
        assertThat(deploy(bundle("new", "octave (>= 9)")).runtime()).contains("a");
    }

    @Test
    void theDeployersChoiceWinsAndStaysInTheRelease() {
        DeployedVersion deployed = deploy(bundle("any"), "nine");
        assertThat(deployed.runtime()).contains("nine");
        assertThat(new Bundles(root).releases.current().versions()).containsExactly(deployed);
        assertThat(deployed.version().installed(NINE)).isDirectory();
        assertThat(deployed.version().installed(SEVEN)).doesNotExist();
    }

    @Test
    void refusesWhatFitsNoneNamingAll() {
        refuses(
                bundle("new", "octave (>= 11)"),
                ErrorCode.DEPENDENCY_UNSATISFIED,
                "new 1.0 needs octave (>= 11), and no runtime fits; there are default (Octave 7.3.0), nine (Octave"
                        + " 9.4.0), ten (Octave 10.1.0)");
    }

    @Test
    void refusesAChoiceThatDoesNotFitOrThatThereIsNot() {
        refuses(
                bundle("new", "octave (>= 9)"),
                ErrorCode.DEPENDENCY_UNSATISFIED,
                "the runtime that was asked for is default (Octave 7.3.0)",
                "default");
        refuses(bundle("any"), ErrorCode.INVALID_INPUT, "no runtime is named \"x/../y\"; there are default", "x/../y");
    }

    @Test
    void neverPassesOverOneThatIsNotThereInSilence() {
        RuntimeStatus gone = new RuntimeStatus.Unavailable("default", List.of("octave-cli"), "it is gone");
        RuntimeStatus nine = new RuntimeStatus.Available(NINE, Optional.empty());
        Manifest manifest = deploy(bundle("any")).version().manifest();
        assertThatThrownBy(() -> new RuntimeChoice(() -> List.of(gone, nine)).choose(manifest, Optional.empty()))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE))
                .hasMessageContaining("the runtime default is not available: it is gone");
        Manifest wantsEleven = deploy(bundle("b", "octave (>= 7)")).version().manifest();
        assertThat(new RuntimeChoice(() -> List.of(nine, gone)).choose(wantsEleven, Optional.empty()))
                .isEqualTo(NINE);
    }

    @Test
    void bundlesThatOthersDependOnAreMadeForTheRuntimeOfThese() {
        deploy(bundle("low"));
        DeployedVersion mid = deploy(bundle("mid", "low"));
        deploy(bundle("top", "mid", "octave (>= 10)"));
        BundleVersion low = bundles.releases.current().bundle("low").orElseThrow();
        assertThat(mid.version().installed(TEN)).isDirectory();
        assertThat(low.installed(TEN)).isDirectory();
        assertThat(low.installed(SEVEN)).isDirectory();
        assertThat(low.installed(NINE)).doesNotExist();
    }

    @Test
    void goingBackMakesWhatARuntimeThatWasUpgradedMeanwhileLacks() throws IOException {
        DeployedVersion old = deploy(compiled("1"));
        bundles.deployer.undeploy("p", "ann", "");
        OctaveRuntime upgraded = Bundles.octave("default", "8.1.0");
        runtimes(upgraded);
        Change back = new Change.RollBack(bundles.releases.release(1), Optional.empty());
        bundles.deployer.apply(List.of(back), ReleaseRequest.of("ann", ""));
        assertThat(Bundles.files(old.version().installed(upgraded))).contains("some-arch/g.m");
        assertThat(old.version().installed(upgraded).resolve("place"))
                .hasContent("installed in " + old.version().installed(upgraded));
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void aRuntimeThatChangedGetsATreeBesideTheOldOne() {
        DeployedVersion deployed = deploy(compiled("1"));
        OctaveRuntime upgraded = Bundles.octave("default", "8.1.0");
        ready(deployed, upgraded).orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(deployed.version().installed(upgraded)).isDirectory();
        assertThat(deployed.version().installed(SEVEN)).isDirectory();
        assertThat(deployed.version().directory().resolve("build/default/8.1.0.log"))
                .hasContent("built p 1.0");
    }

    private CompletableFuture<Void> ready(DeployedVersion deployed, OctaveRuntime runtime) {
        return preparer.ready(deployed, bundles.releases.current(), runtime);
    }

    @Test
    void isReadyAtOnceWhereNothingIsToBeMade() {
        DeployedVersion deployed = deploy(compiled("1"));
        assertThat(ready(deployed, SEVEN)).isCompleted();
        assertThat(bundles.installer.builds).hasSize(1);
    }

    @Test
    void manyWhoAskAtOnceHaveItMadeOnce() {
        DeployedVersion deployed = deploy(compiled("1"));
        List<CompletableFuture<Void>> asked = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> ready(deployed, NINE))
                .toList();
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertThat(bundles.installer.builds).hasSize(2);
    }

    @Test
    void twoNodesThatMakeTheSameAtOnceUseOneTree() throws IOException {
        DeployedVersion deployed = deploy(compiled("1"));
        Bundles other = new Bundles(root);
        List<CompletableFuture<Void>> both = List.of(bundles, other).stream()
                .map(node -> CompletableFuture.runAsync(() ->
                        node.maker.make(deployed, bundles.releases.current().bundles(), NINE)))
                .toList();
        both.forEach(one -> one.orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(Bundles.files(deployed.version().installed(NINE))).contains("some-arch/g.m");
        assertThat(FileTrees.list(deployed.version().directory().resolve("install/nine")))
                .hasSize(1);
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void tellsWhyItCannotBeMadeAndTriesAgainOnlyAfterAWhile() throws IOException {
        DeployedVersion deployed = deploy(compiled("1"));
        Path source = deployed.version().source().resolve("p/src/g.cc");
        Files.writeString(source, "compiler error");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ready(deployed, NINE)
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PREPARATION_FAILED))
                    .hasMessageContaining(deployed.version().id())
                    .hasMessageContaining("for the runtime nine (Octave 9.4.0) of this server")
                    .hasMessageContaining("src/g.cc:1: compiler error")
                    .hasMessageEndingWith(
                            "Its build log is " + deployed.version().directory().resolve("build/nine/9.4.0.log"));
        }
        assertThat(bundles.installer.builds).hasSize(2);
        assertThat(deployed.version().installed(NINE)).doesNotExist();
        assertThat(bundles.incoming()).isEmpty();

        Files.writeString(source, "mended");
        clock.addAndGet(TimeUnit.MINUTES.toNanos(2));
        assertThat(ready(deployed, NINE))
                .as("the old answer while it is tried again")
                .isCompletedExceptionally();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(ready(deployed, NINE)).isCompletedWithValue(null));
        assertThat(deployed.version().installed(NINE)).isDirectory();
    }

    @Test
    void refusesATreeThatHasFewerFunctionsThanTheVersion() throws IOException {
        DeployedVersion deployed = deploy(archive()
                .file("p/DESCRIPTION", "Name: p\nVersion: 1.0\n")
                .file("p/inst/f.m", "")
                .file("p/inst/g.m", "")
                .tarGz());
        Files.delete(deployed.version().source().resolve("p/inst/g.m"));
        assertThatThrownBy(() ->
                        bundles.maker.make(deployed, bundles.releases.current().bundles(), NINE))
                .hasMessageContaining("it does not have the functions g");
        assertThat(deployed.version().installed(NINE)).doesNotExist();
    }

    @Test
    void tellsWhatIsPreparedAndWhatFailed() throws IOException {
        DeployedVersion deployed = deploy(compiled("1"));
        assertThat(preparer.progress()).isEmpty();
        Files.writeString(deployed.version().source().resolve("p/src/g.cc"), "compiler error");
        assertThatThrownBy(() ->
                        ready(deployed, NINE).orTimeout(10, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class);
        assertThat(preparer.progress()).hasSize(1).allSatisfy(one -> {
            assertThat(one.version()).isEqualTo(deployed.version().id());
            assertThat(one.runtime()).isEqualTo("nine");
            assertThat(one.running()).isFalse();
            assertThat(one.failure()).hasValueSatisfying(why -> assertThat(why).contains("compiler error"));
        });
    }

    @Test
    void refusesTheCallersOfAVersionWhoseRuntimeHasBecomeAnOlderOctave() {
        DeployedVersion deployed = deploy(bundle("new", "octave (>= 9)"), "nine");
        OctaveRuntime older = Bundles.octave("nine", "8.4.0");
        assertThatThrownBy(() -> ready(deployed, older).join())
                .cause()
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEPENDENCY_UNSATISFIED))
                .hasMessageContaining("new 1.0 needs octave (>= 9), and its runtime is now nine (Octave 8.4.0)");
        assertThat(deployed.version().installed(older)).doesNotExist();
        runtimes(SEVEN, older);
        assertThat(deploy(bundle("any")).runtime())
                .as("others are deployed all the same")
                .contains("default");
    }

    @Test
    void doesNotLetCallersUseAnewWhatNoServerCanRun() {
        deploy(bundle("any"), "nine");
        bundles.deployer.undeploy("any", "ann", "");
        runtimes(SEVEN);
        List<Change> back = List.of(new Change.RollBack(bundles.releases.release(1), Optional.empty()));
        assertThatThrownBy(() -> bundles.deployer.apply(back, ReleaseRequest.of("ann", "")))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE))
                .hasMessageContaining("this server has not got the runtime of any@1.0 (nine)");
        assertThat(bundles.visible()).isEmpty();

        Bundles shared = new Bundles(root, Duration.ofHours(1));
        shared.deployer.apply(back, ReleaseRequest.of("ann", ""));
        assertThat(shared.visible()).as("another node may have it").containsExactly("any 1.0");
    }

    @Test
    void doesNotMakeAVersionTheDefaultThatNoServerCanRun() {
        deploy(bundle("any"), "nine");
        byte[] second = archive()
                .file("ops.json", "{\"name\":\"any\",\"version\":\"2.0\"}")
                .file("f.m", "")
                .zip();
        deploy(second);
        runtimes(SEVEN);
        assertThatThrownBy(() -> bundles.deployer.apply(
                        List.of(new Change.MakeDefault("any", "1.0")), ReleaseRequest.of("ann", "")))
                .hasMessageContaining("any@1.0 (nine)");
        assertThat(deploy(bundle("other")).runtime())
                .as("what was there before disturbs no one")
                .contains("default");
    }
}
