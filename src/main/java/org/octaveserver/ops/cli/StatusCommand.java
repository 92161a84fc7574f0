package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ops status}: what the server is doing. */
@Command(name = "status", description = "Shows the server's version, release, Octave installations and workers.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StatusCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = options.client();
        JsonNode status = client.get("/api/v1/status");
        line("server", "OPS " + status.path("version").asText() + " at " + client.server());
        line("home", status.path("home").asText());
        line(
                "release",
                status.path("release").asText() + " with "
                        + counted(status.path("bundles").asInt(), "bundle"));
        preparation(status.path("preparation"));
        status.path("runtimes").forEach(this::runtime);
        JsonNode workers = status.path("workers");
        line(
                "workers",
                workers.path("running").asInt() + " of at most "
                        + workers.path("limit").asInt() + " running, "
                        + workers.path("busy").asInt() + " busy, "
                        + counted(workers.path("waiting").asInt(), "call") + " waiting");
        autoDeploy(status.path("autoDeploy"));
        return ExitStatus.OK.code();
    }

    private void preparation(JsonNode preparation) {
        if (preparation.has("release")) {
            line("awaited", "release " + preparation.path("release").asText() + ", which is being prepared");
        }
        for (JsonNode one : preparation.path("versions")) {
            line(
                    "prepare",
                    one.path("bundle").asText() + " for " + one.path("runtime").asText() + ": "
                            + one.path("state").asText()
                            + (one.has("problem") ? ": " + one.path("problem").asText() : ""));
        }
    }

    /** Files that are deployed are in the list of bundles; here stand those that are not. */
    private void autoDeploy(JsonNode folder) {
        if (folder.has("problem")) {
            line(
                    "folder",
                    folder.path("directory").asText() + ": "
                            + folder.path("problem").asText());
        }
        for (JsonNode file : folder.path("files")) {
            if (!file.path("state").asText().equals("DEPLOYED")) {
                line(
                        "folder",
                        file.path("file").asText() + " "
                                + file.path("state").asText() + " "
                                + file.path("problem").asText());
            }
        }
    }

    private void runtime(JsonNode runtime) {
        boolean ready = runtime.path("state").asText().equals("READY");
        String state = ready
                ? "Octave " + runtime.path("version").asText() + ", "
                        + counted(runtime.path("packages").asInt(), "package")
                        + implementation(runtime)
                        + sandbox(runtime)
                        + (runtime.has("figures")
                                ? ", figures by " + runtime.path("figures").asText()
                                : "")
                        + (runtime.has("problem")
                                ? ": " + runtime.path("problem").asText()
                                : "")
                : runtime.path("state").asText() + ": "
                        + runtime.path("problem").asText();
        line(
                "runtime",
                runtime.path("id").asText() + " (" + runtime.path("command").asText() + "): " + state);
    }

    private static String implementation(JsonNode runtime) {
        String reason = runtime.path("implementationReason").asText();
        return runtime.has("implementation")
                ? ", " + runtime.path("implementation").asText() + " workers"
                        + (reason.isEmpty() ? "" : " (" + reason + ")")
                : "";
    }

    private static String sandbox(JsonNode runtime) {
        String problem = runtime.path("sandboxProblem").asText();
        return runtime.path("sandbox").asText("none").equals("none") && problem.isEmpty()
                ? ""
                : ", sandbox " + runtime.path("sandbox").asText() + (problem.isEmpty() ? "" : " (" + problem + ")");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String what, String value) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Visible.text(String.format("%-8s %s", what, value)));
    }
}
