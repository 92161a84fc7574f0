package org.octaveserver.ops.web.edge;

import java.util.Optional;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.security.Principal;

/** Who may see which jobs: a principal its own, whoever runs the server all, everybody else those of anonymous clients. */
public final class Viewers {
    private Viewers() {}

    /** The sender of a request, as one who looks at jobs. */
    public static Viewer of(Principal principal) {
        Optional<String> name =
                principal.equals(Principal.ANONYMOUS) ? Optional.empty() : Optional.of(principal.name());
        return new Viewer(name, principal.equals(Principal.ADMIN));
    }
}
