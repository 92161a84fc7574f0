package org.octaveserver.ops.bundle.autodeploy;

import java.util.Optional;

/**
 * What is known of one file of the folder, and remembered over restarts.
 *
 * @param stamp the file as it was when it was last tried; absent when it was not, or is to be tried again
 * @param target what it last became; it stays deployed when a later content of the file cannot be
 * @param problem why the last try failed
 */
record Deployment(Optional<FileStamp> stamp, Optional<DeployTarget.Target> target, Optional<String> problem) {
    static final Deployment NONE = new Deployment(Optional.empty(), Optional.empty(), Optional.empty());

    Deployment deployed(FileStamp now, DeployTarget.Target became) {
        return new Deployment(Optional.of(now), Optional.of(became), Optional.empty());
    }

    /** The file itself is at fault: only another content can help. */
    Deployment refused(FileStamp now, String why) {
        return new Deployment(Optional.of(now), target, Optional.of(why));
    }

    /** The server is at fault: the same file may pass later. */
    Deployment failed(String why) {
        return new Deployment(Optional.empty(), target, Optional.of(why));
    }

    boolean isTried(FileStamp now) {
        return stamp.equals(Optional.of(now));
    }
}
