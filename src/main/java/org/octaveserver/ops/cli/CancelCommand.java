package org.octaveserver.ops.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops cancel}: calls jobs off. */
@Command(
        name = "cancel",
        description =
                "Cancels jobs that wait or run. What runs has the time that its bundle gives (\"cancel-grace\") to"
                        + " end by itself.")
final class CancelCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The jobs; the beginning of an id will do.")
    private List<String> ids = List.of();

    CancelCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = options.client();
        ExitStatus status = ExitStatus.OK;
        for (String id : ids) {
            try {
                cancel(client, id);
            } catch (CommandFailure e) {
                if (e.status() == ExitStatus.UNREACHABLE) {
                    throw e;
                }
                complain(id, e);
                status = ExitStatus.REFUSED;
            }
        }
        return status.code();
    }

    private void cancel(ServerClient client, String text) {
        String id = JobIds.find(client, text);
        JobView before = new JobView(client.get(JobPaths.of(id)));
        client.post(JobPaths.cancel(id));
        spec.commandLine()
                .getOut()
                .println(Visible.text("cancelled " + id + ", " + before.target() + ", which was " + before.state()));
    }

    private void complain(String id, CommandFailure failure) {
        spec.commandLine()
                .getErr()
                .println(spec.commandLine()
                        .getColorScheme()
                        .errorText("error: " + Visible.text(id + ": " + failure.getMessage())));
    }
}
