package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.ReleaseDiff;

/**
 * How a bundle differs between two releases, as answers show it.
 *
 * @param changed versions with other content
 * @param runtimes versions on another runtime
 * @param pins versions with another dependency
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BundleDifference(
        String name,
        List<String> added,
        List<String> removed,
        List<String> changed,
        List<Move> runtimes,
        List<Repin> pins,
        @Nullable String defaultBefore,
        @Nullable String defaultAfter) {
    /** A version on another runtime; an id is absent in releases of servers that knew one runtime only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Move(
            String version,
            @Nullable String before,
            @Nullable String after) {}

    /** A version whose dependency {@code bundle} is another one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Repin(
            String version,
            String bundle,
            @Nullable String before,
            @Nullable String after) {}

    static List<BundleDifference> of(ReleaseDiff diff) {
        return diff.bundles().stream().map(BundleDifference::of).toList();
    }

    private static BundleDifference of(ReleaseDiff.BundleDiff diff) {
        return new BundleDifference(
                diff.name(),
                diff.added(),
                diff.removed(),
                diff.changed(),
                diff.moved().stream()
                        .map(move -> new Move(
                                move.version(),
                                move.before().orElse(null),
                                move.after().orElse(null)))
                        .toList(),
                diff.repinned().stream()
                        .map(pin -> new Repin(
                                pin.version(),
                                pin.bundle(),
                                pin.before().orElse(null),
                                pin.after().orElse(null)))
                        .toList(),
                diff.defaultBefore().orElse(null),
                diff.defaultAfter().orElse(null));
    }
}
