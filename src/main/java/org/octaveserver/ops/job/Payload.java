package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * Bytes that belong to a job: arguments, a result, what was printed. Small ones are in the store, large ones in a file.
 *
 * @param inline the bytes, when they are in the store; not to be written to
 * @param file the name of their file under the directory of payloads, when they are there
 * @param size how many
 * @param sha256 of the bytes, in hexadecimal
 */
public record Payload(Optional<byte[]> inline, Optional<String> file, long size, String sha256) {
    /** What a payload is of its job. */
    public enum Kind {
        ARGUMENTS,
        RESULT,
        OUTPUT
    }
}
