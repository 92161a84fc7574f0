package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimePackage;
import org.octaveserver.ops.runtime.RuntimeStatus;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.worker.NativeModules;
import org.octaveserver.ops.worker.Sandbox;

/** The Octave installations of this server. Thread-safe. */
@Path("api/v1/runtimes")
@Produces(MediaType.APPLICATION_JSON)
public final class RuntimesResource {
    private final Runtimes runtimes;
    private final NativeModules modules;
    private final Sandbox sandbox;

    public RuntimesResource(Runtimes runtimes, NativeModules modules, Sandbox sandbox) {
        this.sandbox = sandbox;
        this.runtimes = runtimes;
        this.modules = modules;
    }

    /** All of them, the default one first. */
    record All(@JsonProperty("default") String byDefault, List<OneRuntime> runtimes) {}

    /** A package that is installed with a runtime. */
    record InstalledPackage(String name, String version) {}

    /**
     * One runtime.
     *
     * @param api the version of Octave's interface for compiled functions
     * @param host the kind of machine it was built for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OneRuntime(
            @JsonUnwrapped RuntimeView runtime,
            @Nullable String api,
            @Nullable String host,
            List<InstalledPackage> installed) {}

    @GET
    public All list() {
        return new All(
                runtimes.defaultId(),
                runtimes.statuses().stream().map(this::runtime).toList());
    }

    private OneRuntime runtime(RuntimeStatus status) {
        return new OneRuntime(
                RuntimeView.of(
                        status, runtimes.defaultId(), modules.module(status.id()), sandbox.state(status.command())),
                status.runtime().map(runtime -> runtime.build().api()).orElse(null),
                status.runtime().map(runtime -> runtime.build().host()).orElse(null),
                status.runtime().map(OctaveRuntime::packages).orElse(List.of()).stream()
                        .map(RuntimesResource::installed)
                        .toList());
    }

    private static InstalledPackage installed(RuntimePackage one) {
        return new InstalledPackage(one.name(), one.version());
    }
}
