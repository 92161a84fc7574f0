package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops diff}: how one release differs from another. */
@Command(name = "diff", description = "Shows what release M has that release N has not.")
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "N", description = "The one release.")
    private long from;

    @Parameters(index = "1", paramLabel = "M", description = "The other release.")
    private long to;

    DiffCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode bundles =
                options.client().get("/api/v1/releases/" + from + "/diff/" + to).path("bundles");
        if (bundles.isEmpty()) {
            spec.commandLine().getOut().println("releases " + from + " and " + to + " have the same content");
            return ExitStatus.OK.code();
        }
        DifferenceTable.of(bundles).print(spec.commandLine().getOut());
        return ExitStatus.OK.code();
    }
}
