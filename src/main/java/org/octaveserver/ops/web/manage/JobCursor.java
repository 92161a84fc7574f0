package org.octaveserver.ops.web.manage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobQuery;

/** Where a page of jobs ends, as a text that clients hand back and do not look into. */
final class JobCursor {
    private static final String VERSION = "1:";

    private static final int MOST = 500;
    private static final String USUAL = "50";

    private JobCursor() {}

    /**
     * The part of the list that a request wants: one more than that, which tells whether there is a next page.
     *
     * @param limit how many at most
     * @param cursor the {@code next} of the page before
     * @throws OpsException INVALID_INPUT naming the parameter and what is allowed
     */
    static JobQuery.Page page(Optional<String> limit, Optional<String> cursor) {
        String text = limit.orElse(USUAL);
        int number = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST) {
            throw invalid("the parameter \"limit\" is a whole number from 1 to " + MOST + ", not \"" + text + "\"");
        }
        return new JobQuery.Page(
                number + 1,
                cursor.map(after -> read(after)
                        .orElseThrow(() -> invalid(
                                "the parameter \"cursor\" is not one that this server has given as \"next\""))));
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, why);
    }

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
