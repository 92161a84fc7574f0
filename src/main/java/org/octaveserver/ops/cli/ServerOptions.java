package org.octaveserver.ops.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
final class ServerOptions {
    private final Surroundings surroundings;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server. Default: $$OPS_SERVER, else the one running under $$OPS_HOME, else"
                    + " http://127.0.0.1:9910.")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the access token. Default: the token in $$OPS_TOKEN, else"
                    + " $$OPS_HOME/conf/admin-token, which is sent to servers on this machine only.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait for the answer. Default: 600.")
    private int timeout;

    ServerOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Whether the user names a server, by option or environment. */
    boolean names() {
        return server != null || surroundings.variable("OPS_SERVER").isPresent();
    }

    /** Whether a server of this {@code $OPS_HOME} has written down where it is. */
    boolean runsHere() {
        return Files.isRegularFile(surroundings.home().resolve("run").resolve("endpoint"));
    }

    /** A client of the chosen server; nothing is sent yet. */
    ServerClient client() {
        if (timeout < 1) {
            throw new CommandFailure(ExitStatus.USAGE, "--timeout: a number of seconds from 1 on, not " + timeout);
        }
        URI address = ServerAddress.find(Optional.ofNullable(server), surroundings);
        return new ServerClient(
                address,
                AccessToken.find(Optional.ofNullable(tokenFile), surroundings, address),
                Duration.ofSeconds(timeout));
    }
}
