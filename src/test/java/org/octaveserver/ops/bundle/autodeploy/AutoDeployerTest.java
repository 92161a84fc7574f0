package org.octaveserver.ops.bundle.autodeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.bundle.autodeploy.AutoDeployer.FileStatus;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The looks are the test's own: the interval is longer than any test. */
class AutoDeployerTest {
    @TempDir
    Path home;

    private final List<String> done = new ArrayList<>();
    private final Set<DeployTarget.Target> deployed = new HashSet<>();
    private Optional<OpsException> failure = Optional.empty();
    private Optional<Error> error = Optional.empty();
    private Path folder = Path.of("");
    private AutoDeployer deployer = deployer();

    /** Writes down what it is told to do; a file's content is its digest. */
    private class Recorder implements DeployTarget {
        @Override
        public Target deploy(InputStream file, Source source, Optional<Target> before) {
            throwFailure();
            try {
                String content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                done.add("deploy " + source.bundleName() + " " + content);
                Target became = new Target(source.bundleName(), "1.0.0", content);
                deployed.add(became);
                return became;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void retire(Target target, Source source) {
            throwFailure();
            if (!source.isShared(target)) {
                done.add("retire " + target.bundle() + " " + target.digest());
            }
        }

        @Override
        public boolean isDeployed(Target target) {
            return deployed.contains(target);
        }

        private void throwFailure() {
            failure.ifPresent(e -> {
                throw e;
            });
            error.ifPresent(e -> {
                throw e;
            });
        }
    }

    private AutoDeployer deployer() {
        return new AutoDeployer(folder, Duration.ofDays(1), new Recorder(), folder.resolveSibling("ledger.json"));
    }

    /** As a server that starts. The first look of the deployer's own thread may come before, between or after others. */
    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(home.resolve("auto_deploy"));
        deployer = deployer();
    }

    @AfterEach
    void stop() {
        deployer.stop();
    }

    private void restart() {
        deployer.stop();
        deployer = deployer();
        deployer.start();
        deployer.stop();
    }

    private Path put(String name, String content, int second) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * second));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            deployer.look();
        }
    }

    @Test
    void aFileThatLooksTheSameTwiceIsDeployedOnce() throws IOException {
        put("demo-1.2.0.tar.gz", "one", 1);
        look(1);
        assertThat(done).isEmpty();
        assertThat(deployer.status().files())
                .containsExactly(new FileStatus("demo-1.2.0.tar.gz", "WAITING", Optional.empty(), Optional.empty()));

        look(5);

        assertThat(done).containsExactly("deploy demo one");
        assertThat(deployer.status().files())
                .containsExactly(
                        new FileStatus("demo-1.2.0.tar.gz", "DEPLOYED", Optional.of("demo 1.0.0"), Optional.empty()));
    }

    @Test
    void aFileThatGrowsWaits() throws IOException {
        for (int i = 1; i < 5; i++) {
            put("demo.zip", "x".repeat(i), 1);
            look(1);
        }
        assertThat(done).isEmpty();

        look(1);
        assertThat(done).containsExactly("deploy demo xxxx");
    }

    @Test
    void aFileThatChangesIsDeployedAgainAndOneOfAnOlderTimeToo() throws IOException {
        put("demo.zip", "one", 10);
        look(2);
        put("demo.zip", "two", 5);
        look(2);

        assertThat(done).containsExactly("deploy demo one", "deploy demo two");
    }

    @Test
    void aFileThatIsGoneTwiceIsTakenAway() throws IOException {
        Path file = put("demo.zip", "one", 1);
        look(2);
        Files.delete(file);
        look(1);
        assertThat(done).containsExactly("deploy demo one");

        look(3);
        assertThat(done).containsExactly("deploy demo one", "retire demo one");
        assertThat(deployer.status().files()).isEmpty();
    }

    @Test
    void aFileThatIsReplacedByDeletingAndCopyingIsNeverTakenAway() throws IOException {
        Path file = put("demo.zip", "one", 1);
        look(2);
        Files.delete(file);
        look(1);
        put("demo.zip", "two", 2);
        look(2);

        assertThat(done).containsExactly("deploy demo one", "deploy demo two");
    }

    @Test
    void afterARestartOnlyWhatChangedMeanwhileIsDone() throws IOException {
        put("same.zip", "one", 1);
        put("changed.zip", "one", 1);
        Path gone = put("gone.zip", "one", 1);
        look(2);
        done.clear();
        Files.delete(gone);
        put("changed.zip", "two", 2);

        restart();
        look(3);

        assertThat(done).containsExactlyInAnyOrder("deploy changed two", "retire gone one");
    }

    @Test
    void aBadFileIsLeftWithItsErrorUntilItChanges() throws IOException {
        put("demo.zip", "one", 1);
        failure = Optional.of(new OpsException(ErrorCode.INVALID_BUNDLE, "broken.m:3: syntax error"));
        look(4);
        failure = Optional.empty();
        look(4);

        assertThat(done).isEmpty();
        assertThat(folder.resolve("demo.zip.error")).hasContent("broken.m:3: syntax error");
        assertThat(deployer.status().files())
                .containsExactly(new FileStatus(
                        "demo.zip", "FAILED", Optional.empty(), Optional.of("broken.m:3: syntax error")));

        put("demo.zip", "mended", 2);
        look(2);
        assertThat(done).containsExactly("deploy demo mended");
        assertThat(folder.resolve("demo.zip.error")).doesNotExist();
    }

    @Test
    void whatIsNotTheFilesFaultIsTriedAgain() throws IOException {
        put("demo.zip", "one", 1);
        failure = Optional.of(new OpsException(ErrorCode.RUNTIME_UNAVAILABLE, "no Octave"));
        look(3);
        assertThat(folder.resolve("demo.zip.error")).hasContent("no Octave");

        failure = Optional.empty();
        look(2);
        assertThat(done).containsExactly("deploy demo one");
        assertThat(folder.resolve("demo.zip.error")).doesNotExist();
    }

    @Test
    void whatFailsAgainAndAgainIsTriedLessAndLess() throws IOException {
        put("demo.zip", "one", 1);
        AtomicInteger tries = new AtomicInteger();
        deployer = new AutoDeployer(
                folder,
                Duration.ofDays(1),
                new Recorder() {
                    @Override
                    public Target deploy(InputStream file, Source source, Optional<Target> before) {
                        tries.incrementAndGet();
                        throw new OpsException(ErrorCode.RUNTIME_UNAVAILABLE, "no Octave");
                    }
                },
                folder.resolveSibling("ledger.json"));
        look(1 + 130);
        assertThat(tries.get()).isBetween(8, 15);
    }

    @Test
    void anErrorOfOneFileDoesNotEndTheLooking() throws IOException {
        put("demo.zip", "one", 1);
        error = Optional.of(new StackOverflowError("deep"));
        look(2);
        assertThat(folder.resolve("demo.zip.error")).content().contains("StackOverflowError");

        error = Optional.empty();
        look(1);
        assertThat(done).containsExactly("deploy demo one");
    }

    @Test
    void aFileThatIsRenamedStaysDeployed() throws IOException {
        Path file = put("demo-1.zip", "one", 1);
        look(2);
        Files.move(file, folder.resolve("demo-2.zip"));
        look(4);

        assertThat(done).doesNotContain("retire demo one");
        assertThat(deployer.status().files())
                .containsExactly(new FileStatus("demo-2.zip", "DEPLOYED", Optional.of("demo 1.0.0"), Optional.empty()));
    }

    @Test
    void whatOthersHaveTakenAwayIsNotShownAsDeployed() throws IOException {
        put("demo.zip", "one", 1);
        look(2);
        deployed.clear();
        look(1);
        assertThat(deployer.status().files()).extracting(FileStatus::state).containsExactly("SUPERSEDED");
    }

    @Test
    void aLinkThatLeadsToItselfIsToldAndTheOthersGoOn() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop.zip"), Path.of("loop.zip"));
        put("demo.zip", "one", 1);
        look(2);

        assertThat(done).containsExactly("deploy demo one");
        assertThat(deployer.status().files()).extracting(FileStatus::state).containsExactly("DEPLOYED", "FAILED");
        assertThat(folder.resolve("loop.zip.error")).content().contains("cannot be looked at");
    }

    @Test
    void theFirstLookAfterAStartTakesNothingAway() throws IOException {
        Path file = put("demo.zip", "one", 1);
        look(2);
        Files.delete(file);
        deployer.stop();
        deployer = deployer();
        deployer.readLedger();
        look(1);
        assertThat(done).containsExactly("deploy demo one");

        look(1);
        assertThat(done).containsExactly("deploy demo one", "retire demo one");
    }

    @Test
    void aFolderThatIsMissingAtTheStartIsNotMadeAnewWhenSomethingWasDeployedFromIt() throws IOException {
        put("demo.zip", "one", 1);
        look(2);
        Path aside = Files.move(folder, folder.resolveSibling("aside"));
        restart();
        look(3);
        assertThat(folder).doesNotExist();
        assertThat(deployer.status().problem().orElseThrow()).contains("what was deployed from it stays");

        Files.move(aside, folder);
        look(3);
        assertThat(done).containsExactly("deploy demo one");
    }

    @Test
    void aBadNewContentLeavesTheOldOneDeployedAndGoesWithIt() throws IOException {
        Path file = put("demo.zip", "one", 1);
        look(2);
        failure = Optional.of(new OpsException(ErrorCode.INVALID_ARCHIVE, "no archive"));
        put("demo.zip", "bad", 2);
        look(2);
        failure = Optional.empty();
        Files.delete(file);
        look(2);

        assertThat(done).containsExactly("deploy demo one", "retire demo one");
        assertThat(folder.resolve("demo.zip.error")).doesNotExist();
    }

    @Test
    void whatCannotBeTakenAwayIsTriedAgain() throws IOException {
        Path file = put("demo.zip", "one", 1);
        look(2);
        Files.delete(file);
        failure = Optional.of(new OpsException(ErrorCode.STORE_FAILED, "disk full"));
        look(3);
        assertThat(deployer.status().files()).extracting(FileStatus::state).containsExactly("FAILED");

        failure = Optional.empty();
        look(2);
        assertThat(done).containsExactly("deploy demo one", "retire demo one");
    }

    @Test
    void aFolderThatCannotBeReadTakesNothingAway() throws IOException {
        put("demo.zip", "one", 1);
        look(2);
        Path aside = Files.move(folder, folder.resolveSibling("aside"));
        look(4);
        assertThat(done).containsExactly("deploy demo one");
        assertThat(deployer.status().problem()).isPresent();

        Files.move(aside, folder);
        look(2);
        assertThat(done).containsExactly("deploy demo one");
        assertThat(deployer.status().problem()).isEmpty();
    }

    @Test
    void whatIsNoBundleFileIsLeftAlone() throws IOException {
        put(".hidden.zip", "x", 1);
        put("README.md", "x", 1);
        put("demo.zip.part", "x", 1);
        Files.createDirectory(folder.resolve("directory.zip"));
        Files.createSymbolicLink(folder.resolve("dangling.zip"), Path.of("nowhere"));
        look(3);

        assertThat(done).isEmpty();
        assertThat(deployer.status().files()).isEmpty();
    }

    @Test
    void aLedgerThatIsDamagedIsForgotten() throws IOException {
        put("demo.zip", "one", 1);
        look(2);
        Files.writeString(folder.resolveSibling("ledger.json"), "{\"demo.zip\":");

        restart();
        look(2);
        assertThat(done).containsExactly("deploy demo one", "deploy demo one");
    }
}
