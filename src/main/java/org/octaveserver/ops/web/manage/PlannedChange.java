package org.octaveserver.ops.web.manage;

import java.util.Optional;

/** A change as a request names it. */
sealed interface PlannedChange {
    /**
     * Deploys a file of the request.
     *
     * @param name what a bundle is called that names itself nowhere
     * @param runtime the id of the runtime to deploy to; absent: what the bundle fits decides
     */
    record Deploy(String file, boolean asDefault, boolean replace, Optional<String> name, Optional<String> runtime)
            implements PlannedChange {}

    record MakeDefault(String name, String version) implements PlannedChange {}

    /**
     * Takes a version away.
     *
     * @param version absent: all
     */
    record Retire(String name, Optional<String> version) implements PlannedChange {}

    /**
     * Goes back to an older release.
     *
     * @param name absent: all bundles
     */
    record RollBack(long release, Optional<String> name) implements PlannedChange {}
}
