package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of which only these matter. */
record CallTestSettings(int maxWaiting, OptionalInt maxWaitingPerClient, List<String> given) implements CallSettings {
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(1);
    }

    @Override
    public OptionalInt maxRunningPerClient() {
        return OptionalInt.of(4);
    }

    @Override
    public Optional<List<String>> weights() {
        return Optional.of(given);
    }

    @Override
    public int mostUrgent() {
        return 2;
    }

    @Override
    public boolean hideErrorStack() {
        return false;
    }
}
