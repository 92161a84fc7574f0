package org.octaveserver.ops.store;

import java.nio.file.Path;
import org.octaveserver.ops.job.callback.CallbackSignature;

/**
 * What nodes that share a database of jobs have in common beside it.
 *
 * @param jobs the directory of what is too large for the database, and of the embedded database if it is that
 * @param bundles the directory of the store of bundles
 * @param signature by which receivers of callbacks know whom they come from
 */
public record InCommon(Path jobs, Path bundles, CallbackSignature signature) {
    public InCommon {
        jobs = jobs.toAbsolutePath();
        bundles = bundles.toAbsolutePath().normalize();
    }
}
