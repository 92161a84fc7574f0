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

/** {@code ops default}: chooses the versions that callers get who name none. */
@Command(name = "default", description = "Makes deployed versions those that callers get who name none.")
final class DefaultCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "NAME@VERSION", description = "As \"ops list\" shows it.")
    private List<String> versions = List.of();

    DefaultCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode made = options.client().change("makeDefault", versions, change);
        String told = (change.dryRun() ? " would be" : " is") + " the default in release "
                + made.path("number").asText();
        versions.forEach(version -> spec.commandLine().getOut().println(Visible.text(version + told)));
        return ExitStatus.OK.code();
    }
}
