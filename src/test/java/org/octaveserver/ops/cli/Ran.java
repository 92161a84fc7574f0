package org.octaveserver.ops.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * What came of running a command.
 *
 * @param status the exit status
 * @param out what it wrote on stdout
 * @param err what it wrote on stderr
 */
public record Ran(int status, String out, String err) {
    static Ran ops(Surroundings surroundings, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = OpsCommand.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int status = command.execute(args);
        return new Ran(status, out.toString(), err.toString());
    }

    /** The client in this process, on the machine of a server. */
    public static Ran besideServer(Path home, String... args) {
        return ops(new Surroundings(Map.of(), home), args);
    }

    /** The client in this process, as the operator of a server. */
    public static Ran asOperator(String server, String token, Path home, String... args) {
        return ops(new Surroundings(Map.of("OPS_SERVER", server, "OPS_TOKEN", token), home), args);
    }
}
