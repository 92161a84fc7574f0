package org.octaveserver.ops.web.manage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.octaveserver.ops.job.JobId;

/** Where a page of jobs ends, as a text that clients hand back and do not look into. */
final class JobCursor {
    private static final String VERSION = "1:";

    private JobCursor() {}

    /** After a job. */
    static String after(JobId id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((VERSION + id).getBytes(StandardCharsets.US_ASCII));
    }

    /** The job that it is after; nothing when the text is no cursor. */
    static Optional<JobId> read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return text.startsWith(VERSION) ? JobId.parse(text.substring(VERSION.length())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
