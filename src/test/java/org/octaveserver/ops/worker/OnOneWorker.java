package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Tests that launch one worker, when they have said what it is to load. */
abstract class OnOneWorker extends OnWorkers {
    private @Nullable Worker launched;

    OnOneWorker(Launching.Kind kind) {
        super(kind);
    }

    @AfterEach
    void stop() {
        worker().shutdown(Duration.ofSeconds(3));
    }

    void launch() {
        launched = launching().launch();
    }

    void launch(WorkerSpec spec) {
        launched = launching().launcher().launch(spec);
    }

    Worker worker() {
        return Objects.requireNonNull(launched);
    }
}
