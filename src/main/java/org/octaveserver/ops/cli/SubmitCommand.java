package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops submit}: hands in a job. */
@Command(
        name = "submit",
        description = {
            "Submits a call as a job, which nobody has to wait for, and prints the job's id.",
            "\"ops job ID --follow\" shows what becomes of it. Arguments are JSON, as those of \"ops call\"."
        })
final class SubmitCommand implements Callable<Integer> {
    private static final Pattern KEY = Pattern.compile("[ -~]{1,255}");
    private static final int CREATED = 201;

    @Mixin
    private final ServerOptions options;

    @Mixin
    private final CallArguments arguments = new CallArguments();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "What you call yourself: programs find the jobs of a client by it.")
    private String client = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Submits once, however often the command is repeated with the same key and arguments"
                    + " (the header Idempotency-Key).")
    private @Nullable String key;

    @Option(
            names = "--wait",
            description = "Follow the job to its end, and print its result as \"ops call\" would; its id and what it"
                    + " prints meanwhile go to stderr when stdout is no terminal.")
    private boolean wait;

    @Option(names = "--json", description = "Print what the server answers as it came; with --wait that is the result.")
    private boolean raw;

    SubmitCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        String path =
                arguments.path() + "?mode=async" + (client.isEmpty() ? "" : "&client=" + ServerClient.encoded(client));
        byte[] body = arguments.body();
        ServerClient server = options.client();
        HttpResponse<byte[]> response = server.post(path, body, headers());
        if (response.statusCode() != CREATED) {
            throw server.refusal(response);
        }
        String id = server.read(response).path("id").asText();
        PrintWriter out = spec.commandLine().getOut();
        if (wait) {
            return new Following(options, spec.commandLine(), raw)
                    .begun(server, id)
                    .code();
        }
        out.println(raw ? new String(response.body(), StandardCharsets.UTF_8) : Visible.text(id));
        return ExitStatus.OK.code();
    }

    /** The key as a string of structured fields (RFC 9651, 3.3.3). */
    private Map<String, String> headers() {
        String text = key;
        if (text == null) {
            return Map.of();
        }
        if (!KEY.matcher(text).matches()) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "--key: 1 to 255 printable ASCII characters, not \"" + text + "\"");
        }
        return Map.of("Idempotency-Key", "\"" + text.replaceAll("[\"\\\\]", "\\\\$0") + "\"");
    }
}
