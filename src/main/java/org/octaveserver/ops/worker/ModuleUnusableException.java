package org.octaveserver.ops.worker;

import org.octaveserver.ops.error.OpsException;

/** Octave did not come as far as being a native worker. */
final class ModuleUnusableException extends Exception {
    private static final long serialVersionUID = 1;

    private final OpsException why;

    ModuleUnusableException(OpsException why) {
        super(why);
        this.why = why;
    }

    /** What its start failed with. */
    OpsException why() {
        return why;
    }
}
