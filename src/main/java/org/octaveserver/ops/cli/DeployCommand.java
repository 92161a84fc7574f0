package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops deploy}: makes bundles callable. */
@Command(
        name = "deploy",
        description = {
            "Deploys bundles in one new release: all of them, or none if one is refused.",
            "A directory is packed on the fly, as \"ops bundle\" does."
        })
final class DeployCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "A bundle file, or a directory of Octave code.")
    private List<Path> sources = List.of();

    @Option(
            names = "--replace",
            description = "Let the same version with other content take the place of the deployed one.")
    private boolean replace;

    @Option(
            names = "--no-default",
            description = "Leave the default versions as they are: the new ones are for callers who name them.")
    private boolean noDefault;

    @Option(
            names = "--runtime",
            paramLabel = "ID",
            description = "Run them on this Octave of the server's (see \"ops status\"), whatever else they fit.")
    private @Nullable String runtime;

    DeployCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        try (BundleSources bundles = new BundleSources()) {
            for (Path source : sources) {
                bundles.add(source);
            }
            ReleaseBody body = new ReleaseBody(
                    bundles.files(), change.reason(), !noDefault, replace, Optional.ofNullable(runtime));
            JsonNode made = options.buildingClient().deploy(body, change.dryRun(), change.expected());
            made.path("deployed").forEach(one -> report(made, one));
        }
        return ExitStatus.OK.code();
    }

    private void report(JsonNode made, JsonNode deployed) {
        String functions = StreamSupport.stream(deployed.path("exports").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        String bundle =
                deployed.path("name").asText() + " " + deployed.path("version").asText();
        spec.commandLine()
                .getOut()
                .println(Visible.text(bundle + " " + what(made) + " in release "
                        + made.path("number").asText() + on(made, deployed) + ": " + functions));
    }

    /** Where there is one Octave only, nobody wants to know. */
    private static String on(JsonNode made, JsonNode deployed) {
        return made.path("runtimes").size() > 1 && deployed.has("runtime")
                ? " on " + deployed.path("runtime").asText()
                : "";
    }

    private static String what(JsonNode made) {
        if (!made.path("changed").asBoolean(true)) {
            return "is unchanged, deployed";
        }
        return made.path("dryRun").asBoolean(false) ? "would be deployed" : "deployed";
    }
}
