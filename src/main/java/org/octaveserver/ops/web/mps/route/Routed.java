package org.octaveserver.ops.web.mps.route;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.call.CallTarget;

/** What answers a request that has found its route. */
sealed interface Routed {
    /**
     * A function.
     *
     * @param target looks it up, or throws when it is not deployed; to be asked once it is known who asks
     */
    record ToHandler(Supplier<CallTarget> target) implements Routed {}

    /**
     * A file.
     *
     * @param folder which everything served is below, absolute
     * @param file its path in the folder, as the request gives it
     * @param version the bundle that the folder is in, and never changes with; none for a folder of the server's
     */
    record ToFile(Path folder, String file, Optional<BundleVersion> version) implements Routed {}
}
