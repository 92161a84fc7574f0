package org.octaveserver.ops.cli;

import java.io.PrintWriter;
import java.util.OptionalInt;
import org.octaveserver.ops.cli.follow.JobDisplay;
import org.octaveserver.ops.cli.follow.PlainDisplay;
import org.octaveserver.ops.cli.follow.TerminalDisplay;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine;

/** Follows a job as the user sees it: what happens, then the result. */
final class Following {
    private final ServerOptions options;
    private final CommandLine command;
    private final boolean raw;

    /** @param raw whether to print the result as it came */
    Following(ServerOptions options, CommandLine command, boolean raw) {
        this.options = options;
        this.command = command;
        this.raw = raw;
    }

    /** A job that the user knows. */
    ExitStatus known(ServerClient client, String id) {
        return follow(client, id, display(command.getOut()));
    }

    /** A job that was just submitted. What is not its result does not get into that, where a program reads it. */
    ExitStatus begun(ServerClient client, String id) {
        JobDisplay display = display(command.getErr());
        display.note("job " + id);
        return follow(client, id, display);
    }

    private JobDisplay display(PrintWriter output) {
        OptionalInt columns = options.surroundings().columns();
        return columns.isPresent()
                ? new TerminalDisplay(command.getOut(), columns.getAsInt())
                : new PlainDisplay(output, command.getErr(), System::nanoTime);
    }

    private ExitStatus follow(ServerClient client, String id, JobDisplay display) {
        JobFollower follower = new JobFollower(options, client, display, new Patience(display::note));
        Thread farewell = new Thread(() -> stopped(id, display), "ops-stops-following");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            JobView job = follower.follow(id);
            var response = follower.result(id, job, raw);
            display.end();
            return new AnswerPrinter(command, raw).show(follower.client(), response);
        } finally {
            display.end();
            forget(farewell);
        }
    }

    private void stopped(String id, JobDisplay display) {
        display.end();
        PrintWriter err = command.getErr();
        err.println(Visible.text("no longer following; the job goes on. \"ops job " + id
                + " --follow\" follows it again," + " \"ops cancel " + id + "\" cancels it"));
        err.flush();
    }

    private static void forget(Thread farewell) {
        try {
            boolean unusedRegistered = Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is ending, which the hook itself tells.
            return;
        }
    }
}
