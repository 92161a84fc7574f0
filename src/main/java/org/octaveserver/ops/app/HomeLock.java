package org.octaveserver.ops.app;

import org.octaveserver.ops.lifecycle.FileClaim;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Keeps a second server away from an {@code $OPS_HOME}: it would sweep the first one's workers. Not for concurrent use:
 * the life cycle owns it.
 */
final class HomeLock implements Managed {
    private final FileClaim claim;

    HomeLock(OpsHome home) {
        this.claim = new FileClaim(
                home.run().resolve("lock"),
                "another server uses " + home.directory()
                        + "; stop it, or set OPS_HOME to a directory of this server's own");
    }

    @Override
    public void start() {
        claim.start();
    }

    @Override
    public void stop() {
        claim.stop();
    }
}
