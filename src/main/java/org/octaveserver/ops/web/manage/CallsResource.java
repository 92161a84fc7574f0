package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallInfo;
import org.octaveserver.ops.call.RunningCalls;
import org.octaveserver.ops.web.edge.AccessFilter;

/** The calls of this server that wait or run. Thread-safe. */
@Path("api/v1/calls")
@Produces(MediaType.APPLICATION_JSON)
public final class CallsResource {
    private final RunningCalls calls;

    public CallsResource(RunningCalls calls) {
        this.calls = calls;
    }

    /** All of them, oldest first. */
    record All(List<OneCall> calls) {}

    /**
     * One call.
     *
     * @param principal who sent it, if that is known
     * @param since when it came
     * @param state {@code waiting} or {@code running}
     * @param pid the process of its worker, when it runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OneCall(
            String id,
            String bundle,
            String function,
            @Nullable String principal,
            String since,
            String state,
            @Nullable Long pid) {
        static OneCall of(CallInfo info) {
            return new OneCall(
                    info.origin().id(),
                    info.bundle(),
                    info.function(),
                    info.origin().principal().orElse(null),
                    info.since().toString(),
                    info.state().name().toLowerCase(Locale.ROOT),
                    info.pid().isPresent() ? info.pid().getAsLong() : null);
        }
    }

    @GET
    public All list() {
        return new All(calls.list().stream().map(OneCall::of).toList());
    }

    /** Cancels a call, and answers it as it was. */
    @DELETE
    @Path("{id}")
    public OneCall cancel(@PathParam("id") String id, @Context ContainerRequestContext context) {
        return OneCall.of(calls.cancel(id, AccessFilter.principal(context).name()));
    }
}
