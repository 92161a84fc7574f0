package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops rollback}: goes back to what an older release had. */
@Command(
        name = "rollback",
        description = "Goes back to a kept release: its content becomes a new release. \"ops releases\" lists them.")
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "N", description = "The release. Default: the one before the current one.")
    private @Nullable Long number;

    RollbackCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = options.client();
        long target = number == null ? before(client) : number;
        JsonNode made = client.change(
                "/api/v1/releases/" + target + "/activate?reason=" + ServerClient.encoded(change.reason()) + "&dryRun="
                        + change.dryRun(),
                "application/json",
                BodyPublishers.noBody(),
                change.expected());
        String release = "release " + made.path("number").asText();
        String told = made.path("changed").asBoolean(true)
                ? release + (change.dryRun() ? " would have" : " has") + " the content of release " + target
                : release + " has the content of release " + target + " already";
        spec.commandLine().getOut().println(Visible.text(told));
        return ExitStatus.OK.code();
    }

    private static long before(ServerClient client) {
        JsonNode answer = client.get("/api/v1/releases");
        for (JsonNode release : answer.path("releases")) {
            long previous = release.path("previous").asLong();
            if (release.path("number").asLong() == answer.path("current").asLong() && previous > 0) {
                return previous;
            }
        }
        throw new CommandFailure(ExitStatus.REFUSED, "there is no release before the current one");
    }
}
