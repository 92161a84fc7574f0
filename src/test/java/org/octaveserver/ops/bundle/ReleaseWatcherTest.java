package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseWatcherTest {
    @TempDir
    Path root;

    private final List<Long> told = new CopyOnWriteArrayList<>();
    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
        bundles.watcher.listen(release -> told.add(release.number()));
    }

    @Test
    void tellsOfOwnDeploymentsBeforeTheyReturnAndOnlyOnce() {
        byte[] file = folder("x", "1.0", "").tarGz();
        bundles.deploy(file);
        assertThat(told).containsExactly(1L);
        bundles.deploy(file);
        bundles.watcher.check();
        assertThat(told).containsExactly(1L);
        bundles.deployer.undeploy("x", "ann", "");
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void tellsAtStartOfWhatIsCurrentAlready() {
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        bundles.watcher.start();
        bundles.watcher.stop();
        assertThat(told).containsExactly(1L);
    }

    @Test
    void tellsNothingWhileNothingIsDeployed() {
        bundles.watcher.check();
        assertThat(told).isEmpty();
    }

    @Test
    void pollsForReleasesOfOtherNodes() {
        ReleaseWatcher watcher = new ReleaseWatcher(bundles.releases, Duration.ofMillis(5));
        watcher.listen(release -> told.add(release.number()));
        watcher.start();
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        await().atMost(Duration.ofSeconds(20)).until(() -> told.contains(1L));
        new Bundles(root).deploy(folder("x", "1.1", "").tarGz());
        await().atMost(Duration.ofSeconds(20)).until(() -> told.contains(2L));
        watcher.stop();
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void completesTheSwitchOfADeployerThatDied() {
        try {
            new Bundles(root, step -> {
                        if (step == DeploymentStep.RELEASE_WRITTEN) {
                            throw new IllegalStateException("died");
                        }
                    })
                    .deploy(folder("x", "1.0", "").tarGz());
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("died");
        }
        ReleaseWatcher watcher = new ReleaseWatcher(bundles.releases, Duration.ofMillis(5));
        watcher.listen(release -> told.add(release.number()));
        watcher.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> told.contains(1L));
        watcher.stop();
        assertThat(bundles.visible()).containsExactly("x 1.0");
    }

    @Test
    void goesOnAfterAListenerThatFails() {
        List<Long> later = new CopyOnWriteArrayList<>();
        ReleaseWatcher watcher = new ReleaseWatcher(bundles.releases, Duration.ofDays(1));
        watcher.listen(release -> {
            throw new IllegalStateException("broken listener");
        });
        watcher.listen(release -> later.add(release.number()));
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        watcher.check();
        watcher.check();
        assertThat(later).containsExactly(1L);
    }

    @Test
    void tellsAListenerThatFailedAgainAtTheNextLook() {
        List<Long> attempts = new CopyOnWriteArrayList<>();
        bundles.watcher.listen(release -> {
            attempts.add(release.number());
            if (attempts.size() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.watcher.check();
        bundles.watcher.check();
        bundles.watcher.check();
        assertThat(attempts).containsExactly(1L, 1L, 1L);
        assertThat(told).containsExactly(1L);
    }

    @Test
    void doesNotTellOfALowerNumberThatASlowDeployerSets() throws IOException {
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("x", "1.1", "").tarGz());
        new CurrentPointer(root.resolve("current"), SymlinkCreator.PLATFORM).point(1, root.resolve("scratch"));
        bundles.watcher.check();
        bundles.releases.bringForward();
        bundles.watcher.check();
        assertThat(told).containsExactly(1L, 2L);
    }
}
