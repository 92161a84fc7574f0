package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.runtime.RuntimeStatus;

/**
 * A runtime, as answers show it.
 *
 * @param state {@code READY} or {@code UNAVAILABLE}
 * @param packages how many packages are installed with it
 * @param problem what is wrong with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuntimeView(
        String id,
        @JsonProperty("default") boolean isDefault,
        String command,
        String state,
        @Nullable String version,
        @Nullable Integer packages,
        @Nullable String problem) {
    static RuntimeView of(RuntimeStatus status, String defaultId) {
        return new RuntimeView(
                status.id(),
                status.id().equals(defaultId),
                String.join(" ", status.command()),
                status.runtime().isPresent() ? "READY" : "UNAVAILABLE",
                status.runtime().map(runtime -> runtime.version()).orElse(null),
                status.runtime().map(runtime -> runtime.packages().size()).orElse(null),
                status.problem().orElse(null));
    }
}
