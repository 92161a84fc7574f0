package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.cli.print.ValuePrinter;
import org.octaveserver.ops.cli.print.Visible;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops call}: calls a function and shows what it answers. */
@Command(
        name = "call",
        description = {
            "Calls a function and shows its outputs as Octave would.",
            "Arguments are JSON: 4, true, '\"text\"', '[[1,2],[3,4]]' (rows), '{\"field\":1}'; other classes as in"
                    + " '{\"mwdata\":[1,2],\"mwsize\":[1,2],\"mwtype\":\"int32\"}'."
        })
final class CallCommand implements Callable<Integer> {
    private static final Pattern TARGET = Pattern.compile("([^/]+)/([^/]+)");
    private static final int OK = 200;

    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BUNDLE/FUNCTION", description = "What to call.")
    private String target = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "The arguments, each in JSON.")
    private List<String> arguments = List.of();

    @Option(
            names = "--nargout",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many outputs to ask for. Default: 1.")
    private int nargout;

    @Option(names = "--json", description = "Print the body of the answer as it came.")
    private boolean raw;

    CallCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        Matcher names = TARGET.matcher(target);
        if (!names.matches()) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "\"" + target + "\" names no function; one is named as BUNDLE/FUNCTION");
        }
        if (nargout < 0) {
            throw new CommandFailure(ExitStatus.USAGE, "--nargout: a number from 0 on, not " + nargout);
        }
        ServerClient client = options.client();
        HttpResponse<byte[]> response = client.post(
                "/" + ServerClient.encoded(names.group(1)) + "/" + ServerClient.encoded(names.group(2)),
                new CallRequest(nargout, arguments).body());
        if (raw) {
            spec.commandLine().getOut().println(new String(response.body(), StandardCharsets.UTF_8));
        }
        if (response.statusCode() != OK) {
            throw client.refusal(response);
        }
        return show(read(response.body())).code();
    }

    private static CallAnswer read(byte[] body) {
        try {
            return new CallAnswerReader().read(body);
        } catch (IOException | OpsException e) {
            throw new CommandFailure(ExitStatus.REFUSED, "cannot read what the server answered: " + e.getMessage());
        }
    }

    private ExitStatus show(CallAnswer answer) {
        if (answer instanceof CallAnswer.Threw thrown) {
            complain(thrown);
            return ExitStatus.REFUSED;
        }
        if (answer instanceof CallAnswer.Returned returned && !raw) {
            show(returned.values());
        }
        return ExitStatus.OK;
    }

    private void show(List<OctaveValue> outputs) {
        PrintWriter out = spec.commandLine().getOut();
        ValuePrinter printer = new ValuePrinter(out);
        for (int i = 0; i < outputs.size(); i++) {
            printer.print(outputs.size() == 1 ? "ans" : "ans" + (i + 1), outputs.get(i));
        }
        out.flush();
    }

    private void complain(CallAnswer.Threw thrown) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.commandLine().getColorScheme().errorText("error: " + Visible.text(thrown.message())));
        if (!thrown.stack().isEmpty()) {
            err.println("error: called from");
            thrown.stack()
                    .forEach(frame -> err.println("    " + Visible.text(frame.name()) + " at line " + frame.line()));
        }
    }
}
