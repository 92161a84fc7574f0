package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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

    /** Where the column of the runtimes is, if there is one. */
    private static final int RUNTIME = 2;

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
            table(bundles, answer.path("runtimes")).print(out);
            out.println("release " + answer.path("release").asText());
        }
        return ExitStatus.OK.code();
    }

    private static TextTable table(JsonNode bundles, JsonNode runtimes) {
        boolean several =
                runtimes.size() > 1 || bundles.findValues("runtime").stream().anyMatch(isOther(runtimes));
        List<String> headings = new ArrayList<>(List.of("NAME", "VERSION", "DIGEST", "DEPLOYED", "FUNCTIONS"));
        if (several) {
            headings.add(RUNTIME, "RUNTIME");
        }
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (JsonNode bundle : bundles) {
            JsonNode versions = bundle.path("versions");
            for (JsonNode version : versions) {
                boolean marked = versions.size() > 1 && version.path("default").asBoolean();
                List<String> row = row(bundle.path("name").asText(), version, marked);
                if (several) {
                    row.add(RUNTIME, version.path("runtime").asText(defaultId(runtimes)));
                }
                table.add(row.toArray(String[]::new));
            }
        }
        return table;
    }

    private static Predicate<JsonNode> isOther(JsonNode runtimes) {
        return id -> !id.asText().equals(defaultId(runtimes));
    }

    /** The server lists the default one first. */
    private static String defaultId(JsonNode runtimes) {
        return runtimes.path(0).asText("default");
    }

    private static List<String> row(String name, JsonNode version, boolean marked) {
        String digest = version.path("digest").asText();
        return new ArrayList<>(List.of(
                name,
                version.path("version").asText() + (marked ? " *" : ""),
                digest.substring(0, Math.min(DIGEST, digest.length())),
                version.path("deployed").asText(),
                StreamSupport.stream(version.path("exports").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))));
    }
}
