package org.octaveserver.ops.bundle;

/**
 * How much an archive may unpack to. All is counted while unpacking; what an archive declares is never trusted.
 *
 * @param entries files and directories
 * @param totalBytes bytes of all files together
 * @param ratio unpacked bytes per byte of archive
 * @param freeBytes the size up to which the ratio does not count: small files of zeros do no harm
 */
public record UnpackLimits(int entries, long totalBytes, int ratio, long freeBytes) {
    /** 10,000 entries, 1 GiB, 200 to 1 above 16 MiB. */
    public static final UnpackLimits DEFAULT = new UnpackLimits(10_000, 1L << 30, 200, 16L << 20);

    public UnpackLimits {
        if (entries < 1 || totalBytes < 1 || ratio < 1 || freeBytes < 0) {
            throw new IllegalArgumentException("limits are above zero");
        }
    }
}
