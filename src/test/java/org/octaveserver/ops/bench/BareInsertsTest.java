package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareInsertsTest {
    @TempDir
    Path folder;

    @Test
    void insertsAsManyRowsAsItSaysFromSeveralThreads() throws IOException, InterruptedException {
        Path file = folder.resolve("bare.db");
        try (BareInserts bare = new BareInserts(file, 700)) {
            long begin = System.nanoTime();
            double perSecond = bare.perSecond(3, Duration.ofMillis(50));
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertThat(bare.rows()).isPositive();
            // Here it takes longer than by its own clock.
            assertThat(perSecond * seconds).isGreaterThanOrEqualTo((double) bare.rows());
            long written = Files.size(file) + Files.size(folder.resolve("bare.db-wal"));
            assertThat(written).isGreaterThan(700 * bare.rows());
        }
    }

    @Test
    void startsWithAFileOfItsOwn() throws IOException {
        Path file = folder.resolve("bare.db");
        new BareInserts(file, 1).close();
        assertThatIOException().isThrownBy(() -> new BareInserts(file, 1)).withMessageContaining("already exists");
    }
}
