package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.octaveserver.ops.cli.print.Visible;
import org.octaveserver.ops.error.OpsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code ops} command: manages a server and calls its functions, over HTTP. */
@Command(
        name = "ops",
        description = {
            "OPS, the Octave Production Server: deploys GNU Octave code and calls it over HTTP.",
            "",
            "\"ops start\", \"ops stop\" and \"ops test\" run the server and its tests; bin/ops does them."
        })
public final class OpsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private OpsCommand() {}

    /** Runs one command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] args) {
        int status = commandLine(Surroundings.ofProcess())
                .setOut(utf8(System.out))
                .setErr(utf8(System.err))
                .execute(args);
        System.exit(status);
    }

    /** Octave's text is UTF-8, whatever locale the shell happens to have. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** The command with all its subcommands, in these surroundings. */
    public static CommandLine commandLine(Surroundings surroundings) {
        // A negative number looks like an option.
        CommandLine call = new CommandLine(new CallCommand(surroundings)).setUnmatchedOptionsArePositionalParams(true);
        CommandLine submit =
                new CommandLine(new SubmitCommand(surroundings)).setUnmatchedOptionsArePositionalParams(true);
        CommandLine ops = new CommandLine(new OpsCommand())
                .addSubcommand(new DeployCommand(surroundings))
                .addSubcommand(new UndeployCommand(surroundings))
                .addSubcommand(new DefaultCommand(surroundings))
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new ReleasesCommand(surroundings))
                .addSubcommand(new RollbackCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(call)
                .addSubcommand(new CallsCommand(surroundings))
                .addSubcommand(submit)
                .addSubcommand(new JobsCommand(surroundings))
                .addSubcommand(new JobCommand(surroundings))
                .addSubcommand(new CancelCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new RecycleCommand(surroundings))
                .addSubcommand(new BundleCommand(surroundings))
                .addSubcommand(new HelpCommand());
        ops.setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(OpsCommand::failed)
                .setParameterExceptionHandler(OpsCommand::misused);
        describe(ops);
        ops.getSubcommands().values().forEach(OpsCommand::describe);
        return ops;
    }

    private static void describe(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.mixinStandardHelpOptions(true).versionProvider(new OpsVersion());
        spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(ExitStatus.explained());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure known) {
            return complain(command, String.valueOf(known.getMessage()), known.status());
        }
        if (failure instanceof OpsException local) {
            return complain(command, local.getMessage(), ExitStatus.USAGE);
        }
        if (failure instanceof IOException io) {
            return complain(command, reason(io), ExitStatus.USAGE);
        }
        throw failure;
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException file) {
            String why = file.getReason();
            if (file instanceof NoSuchFileException) {
                why = "there is no such file or directory";
            } else if (file instanceof AccessDeniedException) {
                why = "permission denied";
            } else if (file instanceof NotDirectoryException) {
                why = "this is no directory";
            }
            return file.getFile() + ": " + (why == null ? file.getClass().getSimpleName() : why);
        }
        return String.valueOf(failure.getMessage());
    }

    private static int misused(ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        complain(command, String.valueOf(misuse.getMessage()), ExitStatus.USAGE);
        command.getErr().println("Try \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        return ExitStatus.USAGE.code();
    }

    private static int complain(CommandLine command, String message, ExitStatus status) {
        command.getErr().println(command.getColorScheme().errorText("error: " + Visible.text(message)));
        return status.code();
    }
}
