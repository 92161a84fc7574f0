package org.octaveserver.ops.job.callback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a test. */
record TestCallbackSettings(Optional<List<String>> allowed, Duration timeout, Duration giveUpAfter, Duration firstPause)
        implements CallbackSettings {
    TestCallbackSettings(List<String> allowed) {
        this(Optional.of(allowed), Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofMillis(20));
    }

    @Override
    public Optional<String> secret() {
        return Optional.of("secret");
    }
}
