package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** What is removed from a bundles directory, when, and what never is. */
class StoreCollectorTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Retention TWO = new Retention(2, MONTH, GRACE, Duration.ofMinutes(1));

    @TempDir
    Path root;

    private final AtomicLong nanos = new AtomicLong();
    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
    }

    private StoreCollector collector(Consumer<CollectionStep> observer) {
        BundleDirectories directories = new BundleDirectories(root);
        ReleaseLog log = new ReleaseLog(directories, bundles.store, SymlinkCreator.PLATFORM);
        return new StoreCollector(directories, log, TWO, nanos::get, observer);
    }

    private void collect(StoreCollector collector, Set<String> used, Instant now) throws IOException {
        collector.collect(bundles.releases.current().number(), new Uses(used, Set.of()), now);
    }

    /** Long enough after the last time for what was unused then. */
    private void collectTwice(StoreCollector collector, Set<String> used, Instant now) throws IOException {
        collect(collector, used, now);
        nanos.addAndGet(GRACE.toNanos());
        collect(collector, used, now);
    }

    private static Instant later(Duration age) {
        return Instant.now().plus(age).plusSeconds(60);
    }

    private List<Long> kept() {
        return bundles.releases.history().stream().map(Release::number).toList();
    }

    private BundleVersion replaced(String content) {
        return bundles.replace(folder("x", "1.0", content).tarGz()).version();
    }

    private BundleVersion firstOfThree() {
        BundleVersion first = replaced("% 1");
        replaced("% 2");
        replaced("% 3");
        return first;
    }

    @Test
    void keepsReleasesThatAreAmongTheNewestOrYoung() throws IOException {
        for (int i = 0; i < 4; i++) {
            replaced("% " + i);
        }
        StoreCollector collector = collector(step -> {});
        collect(collector, Set.of(), later(Duration.ZERO));
        assertThat(kept()).containsExactly(4L, 3L, 2L, 1L);
        collect(collector, Set.of(), later(MONTH));
        assertThat(kept()).containsExactly(4L, 3L);
        assertThat(bundles.incoming()).isEmpty();
        assertThat(bundles.deploy(folder("y", "1.0", "").tarGz())
                        .published()
                        .release()
                        .number())
                .isEqualTo(5);
    }

    @Test
    void keepsAReleaseThatSomebodyNeeds() throws IOException {
        BundleVersion first = firstOfThree();
        StoreCollector collector = collector(step -> {});
        Uses jobs = new Uses(Set.of(first.id()), Set.of(1L));
        for (int i = 0; i < 2; i++) {
            collector.collect(bundles.releases.current().number(), jobs, later(MONTH));
            nanos.addAndGet(GRACE.toNanos());
        }
        assertThat(kept()).containsExactly(3L, 2L, 1L);
        assertThat(first.directory()).isDirectory();
    }

    @Test
    void removesAVersionOnlyAfterItsGrace() throws IOException {
        BundleVersion first = replaced("% 1");
        BundleVersion second = replaced("% 2");
        BundleVersion third = replaced("% 3");
        StoreCollector collector = collector(step -> {});
        collect(collector, Set.of(), later(MONTH));
        nanos.addAndGet(GRACE.toNanos() - 1);
        collect(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).isDirectory();
        nanos.addAndGet(1);
        collect(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).doesNotExist();
        assertThat(second.directory()).isDirectory();
        assertThat(third.directory()).isDirectory();
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void removesNoVersionWhileNobodyKnowsWhatADamagedReleaseNeeds() throws IOException {
        BundleVersion first = replaced("% 1");
        replaced("% 2");
        BundleVersion third = replaced("% 3");
        Path file = root.resolve("releases/2/release.json");
        String whole = Files.readString(file);
        Files.writeString(file, "{");
        StoreCollector collector = collector(step -> {});
        collectTwice(collector, Set.of(), later(MONTH));
        assertThat(root.resolve("releases/1")).doesNotExist();
        assertThat(first.directory()).isDirectory();

        Files.writeString(file, whole);
        FileTrees.delete(third.directory());
        collectTwice(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).doesNotExist();
    }

    @Test
    void doesNotBelieveAClockThatJumps() throws IOException {
        BundleVersion first = firstOfThree();
        StoreCollector collector = collector(step -> {});
        collect(collector, Set.of(), later(MONTH));
        collect(collector, Set.of(), later(MONTH.multipliedBy(100)));
        assertThat(first.directory()).isDirectory();
    }

    @Test
    void keepsWhatAnyNodeUses() throws IOException {
        BundleVersion first = firstOfThree();
        StoreCollector collector = collector(step -> {});
        collectTwice(collector, Set.of(first.id()), later(MONTH));
        assertThat(first.directory()).isDirectory();
        collect(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).as("the grace begins anew").isDirectory();
        collectTwice(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).doesNotExist();
    }

    @Test
    void neverRemovesWhatTheCurrentReleaseHas() throws IOException {
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("x", "2.0", "").tarGz());
        bundles.deploy(folder("y", "1.0", "").tarGz());
        Files.setLastModifiedTime(root.resolve("releases/3/release.json"), FileTime.from(Instant.EPOCH));
        collectTwice(collector(step -> {}), Set.of(), later(MONTH));
        assertThat(new Bundles(root).versions("x")).isEqualTo("1.0, 2.0 (default)");
        assertThat(new Bundles(root).versions("y")).isEqualTo("1.0");
    }

    @Test
    void leavesAVersionThatADeployerIsAboutToUse() throws IOException {
        BundleVersion first = firstOfThree();
        StoreCollector collector = collector(step -> {});
        collect(collector, Set.of(), later(MONTH));
        Files.setLastModifiedTime(first.directory(), FileTime.from(Instant.EPOCH));
        nanos.addAndGet(GRACE.toNanos());
        collect(collector, Set.of(), later(MONTH));
        assertThat(first.directory()).isDirectory();
    }

    @Test
    void putsBackAVersionThatWasClaimedWhileItWasTaken() throws IOException {
        BundleVersion first = firstOfThree();
        StoreCollector collector = collector(step -> {
            if (step == CollectionStep.VERSION_TAKEN) {
                touchAllIn(root.resolve("incoming"));
            }
        });
        collectTwice(collector, Set.of(), later(MONTH));
        assertThat(first.directory().resolve("bundle.json")).isRegularFile();
        assertThat(bundles.incoming()).isEmpty();
    }

    /** As a claim that came just before the rename: a directory keeps its time when it is renamed. */
    private static void touchAllIn(Path incoming) {
        try {
            for (Path workspace : FileTrees.list(incoming)) {
                for (Path taken : FileTrees.list(workspace)) {
                    Files.setLastModifiedTime(taken, FileTime.from(Instant.EPOCH));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesAReleaseWithAVersionThatWasJustRemoved() throws IOException {
        BundleVersion first = replaced("% 1");
        replaced("% 2");
        Change again = new Change.RollBack(bundles.releases.release(1), Optional.empty());
        FileTrees.delete(first.directory());
        assertThatThrownBy(() -> bundles.deployer.apply(List.of(again), ReleaseRequest.of("ann", "")))
                .hasMessageContaining("deploy it again")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_INCOMPLETE));
        assertThat(bundles.releases.current().number()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAWholeStoreAfterACrash(CollectionStep fault) throws IOException {
        replaced("% 1");
        replaced("% 2");
        replaced("% 3");
        StoreCollector collector = collector(step -> {
            if (step == fault) {
                throw new IllegalStateException("crash");
            }
        });
        assertThatThrownBy(() -> collectTwice(collector, Set.of(), later(MONTH)))
                .hasMessage("crash");
        Bundles fresh = new Bundles(root);
        fresh.deployer.start();
        assertThat(fresh.incoming()).isEmpty();
        assertThat(fresh.visible()).containsExactly("x 1.0");
        assertThat(fresh.releases.history()).hasSize(2);
    }
}
