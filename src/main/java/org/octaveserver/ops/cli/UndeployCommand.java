package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops undeploy}: takes a bundle out of the current release. */
@Command(
        name = "undeploy",
        description = "Takes a bundle out, or one version of it: from the next release on it cannot be called.")
final class UndeployCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME[@VERSION]",
            description = "As \"ops list\" shows it. Without a version: all of them.")
    private String name = "";

    UndeployCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode done = options.client().delete("/api/v1/bundles/" + ServerClient.encoded(name));
        String release = done.path("release").asText();
        spec.commandLine().getOut().println(Visible.text(name + " is not in release " + release + " any more"));
        return ExitStatus.OK.code();
    }
}
