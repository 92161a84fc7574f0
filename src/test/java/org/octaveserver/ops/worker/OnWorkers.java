package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of workers of one implementation, which leave nothing behind. */
abstract class OnWorkers {
    @TempDir
    Path folder;

    private final Launching.Kind kind;
    private Launching launching;

    OnWorkers(Launching.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void prepare() {
        launching = new Launching(folder, kind);
    }

    Launching launching() {
        return launching;
    }

    @AfterEach
    void leaveNothingBehind() {
        launching.endTemplates();
        Awaitility.await().untilAsserted(() -> {
            assertThat(launching.scratch()).isEmptyDirectory();
            assertThat(folder.resolve("workers.gone"))
                    .satisfiesAnyOf(
                            gone -> assertThat(gone).doesNotExist(),
                            gone -> assertThat(gone).isEmptyDirectory());
        });
        launching.close();
    }
}
