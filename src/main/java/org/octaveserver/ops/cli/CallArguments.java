package org.octaveserver.ops.cli;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is called, with which arguments: of every command that calls a function. */
final class CallArguments {
    private static final Pattern TARGET = Pattern.compile("([^/]+)/([^/]+)");

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

    /** The path of the function on its server. */
    String path() {
        Matcher names = TARGET.matcher(target);
        if (!names.matches()) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "\"" + target + "\" names no function; one is named as BUNDLE/FUNCTION");
        }
        return "/" + ServerClient.encoded(names.group(1)) + "/" + ServerClient.encoded(names.group(2));
    }

    /** The body of the request. */
    byte[] body() throws IOException {
        if (nargout < 0) {
            throw new CommandFailure(ExitStatus.USAGE, "--nargout: a number from 0 on, not " + nargout);
        }
        return new CallRequest(nargout, arguments).body();
    }
}
