package org.octaveserver.ops.cli;

import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops recycle}: has the server replace workers. */
@Command(name = "recycle", description = "Ends workers, each after its present call; the next calls get new ones.")
final class RecycleCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME[@VERSION]",
            description = "The bundle whose workers end; without it all do.")
    private String bundle = "";

    RecycleCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        String query = bundle.isEmpty() ? "" : "?bundle=" + ServerClient.encoded(bundle);
        int count = options.client()
                .post("/api/v1/workers/recycle" + query)
                .path("recycled")
                .asInt();
        String of = bundle.isEmpty() ? "" : " of " + bundle;
        spec.commandLine().getOut().println(Visible.text("recycled " + count + " workers" + of));
        return ExitStatus.OK.code();
    }
}
