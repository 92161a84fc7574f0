package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * Who looks at jobs.
 *
 * @param principal whose jobs are seen; absent: those of anonymous clients
 * @param operator sees all
 */
public record Viewer(Optional<String> principal, boolean operator) {
    /** Whether somebody's jobs are to be seen. */
    public boolean sees(JobOwner owner) {
        return operator || principal.equals(owner.principal());
    }
}
