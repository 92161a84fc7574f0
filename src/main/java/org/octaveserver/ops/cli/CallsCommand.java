package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops calls}: what the server is at, and an end to it. */
@Command(name = "calls", description = "Lists the calls that wait or run, oldest first, or cancels some.")
final class CallsCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--cancel",
            paramLabel = "ID",
            description = "Cancel this call: its worker is killed with all that it has started. May be repeated.")
    private List<String> cancelled = List.of();

    CallsCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ServerClient client = options.client();
        if (cancelled.isEmpty()) {
            list(client.get("/api/v1/calls").path("calls"), out);
        }
        for (String id : cancelled) {
            JsonNode call = client.delete("/api/v1/calls/" + ServerClient.encoded(id));
            out.println(
                    Visible.text("cancelled " + id + ", " + call.path("bundle").asText() + " "
                            + call.path("function").asText() + ", which was "
                            + call.path("state").asText()));
        }
        return ExitStatus.OK.code();
    }

    private static void list(JsonNode calls, PrintWriter out) {
        if (calls.isEmpty()) {
            out.println("no call waits or runs");
            return;
        }
        TextTable table = new TextTable("ID", "BUNDLE", "FUNCTION", "BY", "SINCE", "STATE", "PID");
        for (JsonNode call : calls) {
            table.add(
                    call.path("id").asText(),
                    call.path("bundle").asText(),
                    call.path("function").asText(),
                    call.path("principal").asText("-"),
                    call.path("since").asText(),
                    call.path("state").asText(),
                    call.path("pid").asText("-"));
        }
        table.print(out);
    }
}
