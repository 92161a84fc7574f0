package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.Needs;

/**
 * Where {@link FileFilter} sends requests for files; by its own path there is nothing here. A resource like any other, so
 * that access is judged and failures are told as everywhere. Thread-safe.
 */
@Path(RoutedResource.PATH)
@Needs(Access.CALL)
public final class RoutedResource {
    static final String PATH = "~routed";

    private final StaticFiles files = new StaticFiles();

    /** Answers with the file that the request was routed to. */
    @POST
    public Response answer(@Context HttpServletRequest http) throws IOException {
        return files.answer(RouteFilter.file(http).orElseThrow(NotFoundException::new), http);
    }
}
