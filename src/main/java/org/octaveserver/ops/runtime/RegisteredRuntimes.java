package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The Octave installations that this node may use. Implementations are thread-safe. */
@FunctionalInterface
public interface RegisteredRuntimes {
    /** All of them as they are now, the default one first, which is always there. */
    List<RuntimeStatus> statuses();

    /**
     * A runtime.
     *
     * @param id absent: the default one
     * @throws OpsException {@code RUNTIME_UNAVAILABLE} with what to do about it: not registered on this node, or not
     *     there
     */
    default OctaveRuntime available(Optional<String> id) {
        List<RuntimeStatus> all = statuses();
        return status(all, id)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        "this server has no runtime \"" + id.orElse("") + "\" (it has "
                                + all.stream().map(RuntimeStatus::id).collect(Collectors.joining(", ")) + "); set "
                                + Registration.settingOf(id.orElse(""))))
                .available();
    }

    /** A runtime, if it is registered and there. */
    default Optional<OctaveRuntime> find(Optional<String> id) {
        return status(statuses(), id).flatMap(RuntimeStatus::runtime);
    }

    private static Optional<RuntimeStatus> status(List<RuntimeStatus> all, Optional<String> id) {
        return id.isEmpty()
                ? Optional.of(all.get(0))
                : all.stream().filter(one -> one.id().equals(id.get())).findFirst();
    }
}
