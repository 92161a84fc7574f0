package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done from time to time for a directory that nodes share. */
class StoreKeeperTest {
    private static final Duration KEPT = Duration.ofHours(1);

    @TempDir
    Path root;

    private static StoreKeeper keeper(Bundles bundles) {
        return new StoreKeeper(
                bundles.settings,
                bundles.store,
                bundles.releases,
                Retention.of(20, Duration.ofDays(30), bundles.settings),
                () -> new StoreKeeper.InUse(Release.NONE, Uses.NONE));
    }

    @Test
    void whatADeployerLeftThatDiedGoesWithoutAStartOnceItIsOldEnough() throws IOException {
        Bundles bundles = new Bundles(root, KEPT);
        Path left = Files.createDirectories(root.resolve("incoming/left"));
        StoreKeeper keeper = keeper(bundles);
        bundles.deployer.start();
        keeper.sweep();
        assertThat(left).as("another node may be at work there").exists();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(KEPT.plusMinutes(1))));
        keeper.sweep();
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void tellsOthersWhatItUsesBeforeItsStartIsOver() throws IOException {
        StoreKeeper keeper = keeper(new Bundles(root, KEPT));
        keeper.start();
        try {
            assertThat(FileTrees.list(root.resolve("nodes"))).hasSize(1);
        } finally {
            keeper.stop();
        }
    }
}
