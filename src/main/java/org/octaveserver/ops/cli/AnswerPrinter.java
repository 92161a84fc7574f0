package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.octaveserver.ops.cli.print.ValuePrinter;
import org.octaveserver.ops.cli.print.Visible;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;
import picocli.CommandLine;

/** Shows what a function answered: its outputs as Octave would, its error with where it was thrown. */
final class AnswerPrinter {
    private static final int OK = 200;

    private final CommandLine command;
    private final boolean raw;

    /** @param raw whether to print the body as it came, instead of the outputs */
    AnswerPrinter(CommandLine command, boolean raw) {
        this.command = command;
        this.raw = raw;
    }

    /**
     * Shows the answer to a call.
     *
     * @param client that asked
     * @throws CommandFailure when the function could not be run
     */
    ExitStatus show(ServerClient client, HttpResponse<byte[]> response) {
        if (raw) {
            command.getOut().println(new String(response.body(), StandardCharsets.UTF_8));
        }
        if (response.statusCode() != OK) {
            throw client.refusal(response);
        }
        return show(read(response.body()));
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
        PrintWriter out = command.getOut();
        ValuePrinter printer = new ValuePrinter(out);
        for (int i = 0; i < outputs.size(); i++) {
            printer.print(outputs.size() == 1 ? "ans" : "ans" + (i + 1), outputs.get(i));
        }
        out.flush();
    }

    private void complain(CallAnswer.Threw thrown) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("error: " + Visible.text(thrown.message())));
        if (!thrown.stack().isEmpty()) {
            err.println("error: called from");
            thrown.stack()
                    .forEach(frame -> err.println("    " + Visible.text(frame.name()) + " at line " + frame.line()));
        }
    }
}
