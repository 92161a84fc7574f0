package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fakes have used a second for each step of their process id, and occupy a kilobyte. */
@Timeout(60)
class PoolUsageTest extends PoolFixture {
    @Test
    void theCpuOfWorkersThatAreGoneStaysInTheSumAndTheirMemoryDoesNot() {
        assertThat(pool.usage()).isEqualTo(new PoolUsage(Duration.ZERO, 0));
        Lease first = lease(A);
        Lease second = lease(B);
        Duration both =
                Duration.ofSeconds(first.worker().pid() + second.worker().pid());
        assertThat(pool.usage()).isEqualTo(new PoolUsage(both, 2048));

        first.close();
        pool.keepOnly(Set.of());

        eventually(() -> assertThat(pool.usage()).isEqualTo(new PoolUsage(both, 1024)));
        second.close();
        eventually(() -> assertThat(pool.usage()).isEqualTo(new PoolUsage(both, 0)));
    }
}
