package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops undeploy}: takes bundles out of the current release. */
@Command(
        name = "undeploy",
        description = "Takes bundles out, or versions of them: from the next release on they cannot be called.")
final class UndeployCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME[@VERSION]",
            description = "As \"ops list\" shows it. Without a version: all of them.")
    private List<String> names = List.of();

    UndeployCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode made = options.client().change("retire", names, change);
        String release = "in release " + made.path("number").asText();
        String told = change.dryRun() ? " would not be " + release : " is not " + release + " any more";
        names.forEach(name -> spec.commandLine().getOut().println(Visible.text(name + told)));
        return ExitStatus.OK.code();
    }
}
