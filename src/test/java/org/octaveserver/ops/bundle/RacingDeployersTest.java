package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacingDeployersTest {
    private static final int DEPLOYERS = 6;
    private static final int ROUNDS = 4;

    @TempDir
    Path root;

    @Test
    void givesEachOfManyThreadsOfManyNodesItsRelease() throws Exception {
        // Half of them share a node and its lock, the others are nodes of their own and meet only in the file system.
        Bundles shared = new Bundles(root);
        ExecutorService threads = Executors.newFixedThreadPool(DEPLOYERS);
        CyclicBarrier start = new CyclicBarrier(DEPLOYERS);
        List<Future<List<Long>>> results = new ArrayList<>();
        for (int i = 0; i < DEPLOYERS; i++) {
            Bundles node = i < DEPLOYERS / 2 ? shared : new Bundles(root);
            String name = "bundle" + i;
            results.add(threads.submit(() -> deployAll(node, name, start)));
        }
        List<Long> numbers = new ArrayList<>();
        for (Future<List<Long>> result : results) {
            numbers.addAll(result.get(60, TimeUnit.SECONDS));
        }
        threads.shutdown();
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, DEPLOYERS * ROUNDS).boxed().toList());
        assertOnlyOneChangeEach();
    }

    private static List<Long> deployAll(Bundles node, String name, CyclicBarrier start) throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            start.await(60, TimeUnit.SECONDS);
            numbers.add(node.deploy(folder(name, "1." + round, "").tarGz())
                    .published()
                    .release()
                    .number());
        }
        return numbers;
    }

    private void assertOnlyOneChangeEach() throws IOException {
        Bundles fresh = new Bundles(root);
        assertThat(fresh.visible()).hasSize(DEPLOYERS).allMatch(version -> version.endsWith("1." + (ROUNDS - 1)));
        assertThat(fresh.releases.current().number()).isEqualTo(DEPLOYERS * ROUNDS);
        List<Release> history = fresh.releases.history();
        for (int i = 0; i + 1 < history.size(); i++) {
            Release release = history.get(i);
            assertThat(release.previous()).isEqualTo(history.get(i + 1).number());
            long kept = history.get(i + 1).bundles().values().stream()
                    .filter(version -> release.bundles().containsValue(version))
                    .count();
            assertThat(kept).isGreaterThanOrEqualTo(release.bundles().size() - 1);
        }
        assertThat(fresh.incoming()).isEmpty();
    }
}
