package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.worker.NativeModule;
import org.octaveserver.ops.worker.Sandbox;

/**
 * A runtime, as answers show it.
 *
 * @param state {@code READY} or {@code UNAVAILABLE}
 * @param packages how many packages are installed with it
 * @param problem what is wrong with it
 * @param implementation of its new workers: {@code native} or {@code portable}
 * @param implementationReason why they are portable
 * @param figures what draws figures, if anything does
 * @param sandbox around them: {@code bubblewrap} or {@code none}
 * @param sandboxProblem why there is none that was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuntimeView(
        String id,
        @JsonProperty("default") boolean isDefault,
        String command,
        String state,
        @Nullable String version,
        @Nullable Integer packages,
        @Nullable String problem,
        @Nullable String implementation,
        @Nullable String implementationReason,
        @Nullable String figures,
        String sandbox,
        @Nullable String sandboxProblem) {
    static RuntimeView of(
            RuntimeStatus status, String defaultId, Optional<NativeModule> module, Sandbox.State sandbox) {
        return new RuntimeView(
                status.id(),
                status.id().equals(defaultId),
                String.join(" ", status.command()),
                status.runtime().isPresent() ? "READY" : "UNAVAILABLE",
                status.runtime().map(runtime -> runtime.version()).orElse(null),
                status.runtime().map(runtime -> runtime.packages().size()).orElse(null),
                status.problem().orElse(null),
                module.map(NativeModule::implementation).orElse(null),
                module.map(NativeModule::reason)
                        .filter(reason -> !reason.isEmpty())
                        .orElse(null),
                status.runtime()
                        .map(OctaveRuntime::figures)
                        .filter(figures -> !figures.isEmpty())
                        .orElse(null),
                sandbox.kind(),
                sandbox.problem().orElse(null));
    }
}
