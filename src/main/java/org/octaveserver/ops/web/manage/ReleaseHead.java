package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.Release;

/**
 * Who made a release, when and why, as every answer that shows a release begins.
 *
 * @param activated the older release whose content it took, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReleaseHead(
        long number,
        long previous,
        String created,
        String by,
        String reason,
        @Nullable Long activated) {
    static ReleaseHead of(Release release) {
        return new ReleaseHead(
                release.number(),
                release.previous(),
                release.created().toString(),
                release.by(),
                release.reason(),
                release.activated().isPresent() ? release.activated().getAsLong() : null);
    }
}
