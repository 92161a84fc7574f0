package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** A registered runtime: there, or not and why. */
public sealed interface RuntimeStatus {
    String id();

    List<String> command();

    /** What is wrong with it and what to do; empty when it works. */
    Optional<String> problem();

    /**
     * The runtime.
     *
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} when it is not there
     */
    OctaveRuntime available();

    /** The runtime, if it is there. */
    Optional<OctaveRuntime> runtime();

    /**
     * It answers, or did a moment ago.
     *
     * @param problem why it did not answer the last time, when it was changed meanwhile: it counts as there until it has
     *     failed some times
     */
    record Available(OctaveRuntime octave, Optional<String> problem) implements RuntimeStatus {
        @Override
        public OctaveRuntime available() {
            return octave;
        }

        @Override
        public Optional<OctaveRuntime> runtime() {
            return Optional.of(octave);
        }

        @Override
        public String id() {
            return octave.id();
        }

        @Override
        public List<String> command() {
            return octave.command();
        }
    }

    /** It does not. */
    record Unavailable(String id, List<String> command, String why) implements RuntimeStatus {
        @Override
        public Optional<String> problem() {
            return Optional.of(why);
        }

        @Override
        public Optional<OctaveRuntime> runtime() {
            return Optional.empty();
        }

        @Override
        public OctaveRuntime available() {
            throw new OpsException(ErrorCode.RUNTIME_UNAVAILABLE, "the runtime " + id + " is not available: " + why);
        }
    }
}
