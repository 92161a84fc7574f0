package org.octaveserver.ops.job;

import java.util.Optional;
import java.util.UUID;

/**
 * The name of a job: a UUID of version 7 (RFC 9562, section 5.7), so that ids sort by the time of submission.
 *
 * @param value the UUID
 */
public record JobId(UUID value) implements Comparable<JobId> {
    private static final int TEXT_LENGTH = 36;

    /** That of a text; nothing when it is no UUID in its usual form. */
    public static Optional<JobId> parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        try {
            JobId id = new JobId(UUID.fromString(text));
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In the order of their texts, which is that of their times; that of {@link UUID} is another. */
    @Override
    public int compareTo(JobId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
