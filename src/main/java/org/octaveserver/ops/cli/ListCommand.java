package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops list}: the bundles of the current release. */
@Command(name = "list", description = "Lists the deployed bundles and their functions.")
final class ListCommand implements Callable<Integer> {
    private static final int DIGEST = 12;

    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--names", description = "Print only the names, one a line: for scripts.")
    private boolean names;

    ListCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode answer = options.client().get("/api/v1/bundles");
        JsonNode bundles = answer.path("bundles");
        PrintWriter out = spec.commandLine().getOut();
        if (names) {
            bundles.forEach(
                    bundle -> out.println(Visible.text(bundle.path("name").asText())));
        } else if (bundles.isEmpty()) {
            out.println("no bundle is deployed; \"ops deploy FILE\" deploys one");
        } else {
            table(bundles).print(out);
            out.println("release " + answer.path("release").asText());
        }
        return ExitStatus.OK.code();
    }

    private static TextTable table(JsonNode bundles) {
        TextTable table = new TextTable("NAME", "VERSION", "DIGEST", "DEPLOYED", "FUNCTIONS");
        for (JsonNode bundle : bundles) {
            String digest = bundle.path("digest").asText();
            table.add(
                    bundle.path("name").asText(),
                    bundle.path("version").asText(),
                    digest.substring(0, Math.min(DIGEST, digest.length())),
                    bundle.path("deployed").asText(),
                    StreamSupport.stream(bundle.path("exports").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }
}
