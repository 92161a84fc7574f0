package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** A registered runtime: there, or not and why. */
public sealed interface RuntimeStatus {
    String id();

    List<String> command();

    /** What is wrong with it and what to do; empty when it is available. */
    Optional<String> problem();

    /**
     * The runtime.
     *
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} when it is not there
     */
    OctaveRuntime available();

    /** It answers. */
    record Available(OctaveRuntime runtime) implements RuntimeStatus {
        @Override
        public OctaveRuntime available() {
            return runtime;
        }

        @Override
        public String id() {
            return runtime.id();
        }

        @Override
        public List<String> command() {
            return runtime.command();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    /** It does not. */
    record Unavailable(String id, List<String> command, String why) implements RuntimeStatus {
        @Override
        public Optional<String> problem() {
            return Optional.of(why);
        }

        @Override
        public OctaveRuntime available() {
            throw new OpsException(ErrorCode.RUNTIME_UNAVAILABLE, why);
        }
    }
}
