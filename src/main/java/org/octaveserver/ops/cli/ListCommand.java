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
@Command(
        name = "list",
        description = "Lists the deployed bundles and their functions; * marks the default of several versions.")
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
            JsonNode versions = bundle.path("versions");
            for (JsonNode version : versions) {
                boolean marked = versions.size() > 1 && version.path("default").asBoolean();
                add(table, bundle.path("name").asText(), version, marked);
            }
        }
        return table;
    }

    private static void add(TextTable table, String name, JsonNode version, boolean marked) {
        String digest = version.path("digest").asText();
        table.add(
                name,
                version.path("version").asText() + (marked ? " *" : ""),
                digest.substring(0, Math.min(DIGEST, digest.length())),
                version.path("deployed").asText(),
                StreamSupport.stream(version.path("exports").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
    }
}
