package org.octaveserver.ops.bundle;

import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The bytes that one archive may still unpack to. Not for concurrent use. */
final class ByteBudget {
    private final UnpackLimits limits;
    private final long byRatio;
    private long spent;

    /** The budget of an archive of {@code archiveBytes}. */
    ByteBudget(UnpackLimits limits, long archiveBytes) {
        this.limits = limits;
        this.byRatio = Math.max(limits.freeBytes(), archiveBytes * limits.ratio());
    }

    void spend(long bytes) {
        spent += bytes;
        if (spent > limits.totalBytes()) {
            throw new OpsException(
                    ErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive unpacks to more than the " + limits.totalBytes() + " bytes that are allowed");
        }
        if (spent > byRatio) {
            throw new OpsException(
                    ErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive unpacks to more than " + limits.ratio()
                            + " times its own size; leave out files that compress that well, such as files of zeros");
        }
    }
}
