package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = {
                "The release. Default: the one before the current one; where that is a roll back itself, the one before",
                "what it went back to."
            })
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
        PrintWriter out = spec.commandLine().getOut();
        out.println(Visible.text(told));
        if (!made.path("difference").isEmpty()) {
            DifferenceTable.of(made.path("difference")).print(out);
        }
        return ExitStatus.OK.code();
    }

    /** A roll back is no step of its own: the one before it is what was left, and going there would undo it. */
    private static long before(ServerClient client) {
        JsonNode answer = client.get("/api/v1/releases");
        NavigableMap<Long, JsonNode> kept = new TreeMap<>();
        answer.path("releases").forEach(one -> kept.put(one.path("number").asLong(), one));
        long current = answer.path("current").asLong();
        long origin = current;
        for (long older = activated(kept, origin); older > 0 && older < origin; older = activated(kept, origin)) {
            origin = older;
        }
        long target = previous(kept, origin);
        if (target > 0) {
            return target;
        }
        throw new CommandFailure(
                ExitStatus.REFUSED,
                origin == current
                        ? "there is no release before the current one"
                        : "the current release has the content of release " + origin
                                + ", and there is none before that");
    }

    private static long activated(Map<Long, JsonNode> kept, long number) {
        JsonNode release = kept.get(number);
        return release == null ? 0 : release.path("activated").asLong();
    }

    /** Of one that is damaged, or not kept any more, the server tells nothing; the next lower number is it then. */
    private static long previous(NavigableMap<Long, JsonNode> kept, long number) {
        JsonNode release = kept.get(number);
        if (release != null && release.has("previous")) {
            return release.path("previous").asLong();
        }
        Long lower = kept.lowerKey(number);
        return lower == null ? 0 : lower;
    }
}
