package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops job}: one job. */
@Command(
        name = "job",
        description = "Shows what is known of a job, what it has printed, its result, or all that happens to it.")
final class JobCommand implements Callable<Integer> {
    private static final int OK = 200;

    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The job; the beginning of its id will do.")
    private String text = "";

    @Option(
            names = "--follow",
            description = "Show how far it is and what it prints, until it has ended; then its result, with the exit"
                    + " status of \"ops call\". Ctrl-C ends the following only.")
    private boolean follow;

    @Option(names = "--output", description = "Print what its function has printed so far.")
    private boolean output;

    @Option(
            names = "--result",
            description = "Print its result as \"ops call\" would, with that exit status; it must have ended.")
    private boolean result;

    @Option(names = "--json", description = "Print what the server answers as it came.")
    private boolean raw;

    JobCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = options.client();
        String id = JobIds.find(client, text);
        if (follow) {
            return new Following(options, spec.commandLine(), raw)
                    .known(client, id)
                    .code();
        }
        if (output) {
            printOutput(client, id);
        }
        if (result) {
            return new AnswerPrinter(spec.commandLine(), raw)
                    .show(client, client.ask(JobPaths.result(id, raw)))
                    .code();
        }
        if (!output) {
            describe(new JobView(client.get(JobPaths.of(id))));
        }
        return ExitStatus.OK.code();
    }

    private void printOutput(ServerClient client, String id) {
        HttpResponse<byte[]> response = client.ask(JobPaths.output(id));
        if (response.statusCode() != OK) {
            throw client.refusal(response);
        }
        PrintWriter out = spec.commandLine().getOut();
        String printed = Visible.text(new String(response.body(), StandardCharsets.UTF_8));
        out.print(printed);
        if (!printed.isEmpty() && !printed.endsWith("\n")) {
            out.println();
        }
        out.flush();
    }

    private void describe(JobView job) {
        if (raw) {
            spec.commandLine().getOut().println(job.json());
            return;
        }
        line("job", job.text("id"));
        line("function", job.target() + " of release " + job.text("release") + ", nargout " + job.text("outputs"));
        line("state", job.state());
        line("progress", (job.percents() + " " + job.progress().message()).strip());
        line("by", submitter(job));
        line("accepted", job.text("accepted"));
        if (job.has("begun")) {
            line("begun", job.text("begun") + attempt(job));
        }
        if (job.has("ended")) {
            line("ended", job.text("ended"));
        }
        line("took", job.took(Instant.now()));
        line("timeout", job.json().path("limits").path("timeout").asText());
        if (job.has("problem")) {
            line("problem", problem(job));
        }
    }

    private static String submitter(JobView job) {
        String principal = job.has("principal") ? job.text("principal") : "somebody without a token";
        String client = job.text("client");
        return client.isEmpty() ? principal : principal + ", as client " + client;
    }

    private static String attempt(JobView job) {
        JsonNode limits = job.json().path("limits");
        String attempts = limits.path("idempotent").asBoolean()
                ? ", attempt " + job.text("attempt") + " of at most "
                        + limits.path("mostAttempts").asText()
                : "";
        return attempts + (job.has("node") ? ", on node " + job.text("node") : "");
    }

    private static String problem(JobView job) {
        String code = job.json().path("problem").path("code").asText();
        String message = job.json().path("problem").path("message").asText();
        return code.isEmpty() ? message : code + ": " + message;
    }

    private void line(String what, String value) {
        spec.commandLine().getOut().println(Visible.text(String.format("%-8s %s", what, value)));
    }
}
