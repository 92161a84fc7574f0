package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ops releases}: who deployed what, and when. */
@Command(name = "releases", description = "Lists the releases kept on the server; * marks the current one.")
final class ReleasesCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReleasesCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode answer = options.client().get("/api/v1/releases");
        TextTable table = new TextTable("RELEASE", "CREATED", "BY", "REASON", "BUNDLES");
        for (JsonNode release : answer.path("releases")) {
            String number = release.path("number").asText();
            table.add(
                    number.equals(answer.path("current").asText()) ? number + " *" : number,
                    release.path("created").asText(),
                    release.path("by").asText(),
                    reason(release),
                    bundles(release.path("bundles")));
        }
        table.print(spec.commandLine().getOut());
        return ExitStatus.OK.code();
    }

    /** Why, or what it is when nobody said why. */
    private static String reason(JsonNode release) {
        if (release.has("problem")) {
            return release.path("problem").asText();
        }
        String reason = release.path("reason").asText();
        return reason.isEmpty() && release.has("activated")
                ? "rollback to " + release.path("activated").asText()
                : reason;
    }

    private static String bundles(JsonNode bundles) {
        Iterable<String> names = bundles::fieldNames;
        return StreamSupport.stream(names.spliterator(), false)
                .map(name -> name + " " + bundles.path(name).asText())
                .collect(Collectors.joining(", "));
    }
}
