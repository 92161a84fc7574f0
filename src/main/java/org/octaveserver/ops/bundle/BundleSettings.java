package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.time.Duration;
import org.octaveserver.ops.worker.LimitPolicy;

/**
 * What an operator decides about bundles.
 *
 * @param root the {@code bundles} directory; several nodes may share it
 * @param maxUploadBytes the largest file that is accepted
 * @param unpack what a file may unpack to
 * @param pollInterval how often {@code current} is looked at for a release that another node made
 * @param incomingKept how long something may lie untouched in {@code incoming/} before it is removed: longer than the
 *     longest step of a deployment, because another node may be at work there; zero when no other node shares the
 *     directory
 * @param keptVersions how many versions of a bundle stay callable beside the default when another one is deployed
 * @param limits what bundles may ask for
 */
public record BundleSettings(
        Path root,
        long maxUploadBytes,
        UnpackLimits unpack,
        Duration pollInterval,
        Duration incomingKept,
        int keptVersions,
        LimitPolicy limits) {
    public BundleSettings {
        if (maxUploadBytes < 1) {
            throw new IllegalArgumentException("maxUploadBytes is above zero");
        }
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("pollInterval is above zero");
        }
        if (incomingKept.isNegative()) {
            throw new IllegalArgumentException("incomingKept is not negative");
        }
        if (keptVersions < 0) {
            throw new IllegalArgumentException("keptVersions is not negative");
        }
    }

    /** Whether other nodes may be at work in the directory. */
    boolean isShared() {
        return !incomingKept.isZero();
    }

    /** 256 MiB a file, {@link UnpackLimits#DEFAULT}, a look every second, an hour in {@code incoming/}, five versions. */
    public static BundleSettings defaults(Path root) {
        return new BundleSettings(
                root,
                256L << 20,
                UnpackLimits.DEFAULT,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                5,
                LimitPolicy.NONE);
    }
}
