package org.octaveserver.ops.runtime;

import java.time.Duration;
import java.util.Map;

/** This machine's Octave. */
public final class FoundOctave {
    private FoundOctave() {}

    /** It as a server finds it that has no settings. */
    public static OctaveRuntime asDefault() {
        Runtimes runtimes = new Runtimes(new Plain());
        try {
            runtimes.start();
            return runtimes.status().available();
        } finally {
            runtimes.stop();
        }
    }

    private record Plain() implements RuntimeSettings {
        @Override
        public String command() {
            return "octave-cli";
        }

        @Override
        public Map<String, String> commands() {
            return Map.of();
        }

        @Override
        public String defaultId() {
            return Runtimes.DEFAULT;
        }

        @Override
        public Duration probeTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration retryInterval() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration probeInterval() {
            return Duration.ofMinutes(1);
        }
    }
}
