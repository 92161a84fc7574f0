package org.octaveserver.ops.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    @Mixin
    private final ServerOptions options;

    @Mixin
    private final CallArguments arguments = new CallArguments();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print the body of the answer as it came.")
    private boolean raw;

    CallCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        String path = arguments.path();
        byte[] body = arguments.body();
        ServerClient client = options.client();
        return new AnswerPrinter(spec.commandLine(), raw)
                .show(client, client.post(path, body))
                .code();
    }
}
