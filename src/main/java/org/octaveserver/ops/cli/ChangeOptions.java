package org.octaveserver.ops.cli;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that makes a release. */
final class ChangeOptions {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; \"ops releases\" shows it.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Check everything and say what would be, but change nothing.")
    private boolean dryRun;

    @Option(
            names = "--if-release",
            paramLabel = "N",
            description = "Only if release N is current: nobody else has changed anything since you looked.")
    private @Nullable Long release;

    String reason() {
        return reason;
    }

    boolean dryRun() {
        return dryRun;
    }

    OptionalLong expected() {
        return release == null ? OptionalLong.empty() : OptionalLong.of(release);
    }
}
