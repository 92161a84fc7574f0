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
    static final int BUILDS = 3600;

    private static final int DEFAULT = 600;

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
            description = "How long to wait for the answer. Default: 600, or 3600 where the server may have to compile"
                    + " (deploy, bundle --check).")
    private @Nullable Integer timeout;

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

    Surroundings surroundings() {
        return surroundings;
    }

    /** A client of the server after it was started anew, perhaps at another address. */
    ServerClient again(ServerClient before) {
        return !names() && runsHere() ? client() : before;
    }

    /** A client of the chosen server; nothing is sent yet. */
    ServerClient client() {
        return client(DEFAULT);
    }

    /** The same for what may have the server compile: it may do so for {@code ops.bundles.build-timeout} per package. */
    ServerClient buildingClient() {
        return client(BUILDS);
    }

    private ServerClient client(int otherwise) {
        int seconds = timeout == null ? otherwise : timeout;
        if (seconds < 1) {
            throw new CommandFailure(ExitStatus.USAGE, "--timeout: a number of seconds from 1 on, not " + seconds);
        }
        URI address = ServerAddress.find(Optional.ofNullable(server), surroundings);
        return new ServerClient(
                address,
                AccessToken.find(Optional.ofNullable(tokenFile), surroundings, address),
                Duration.ofSeconds(seconds));
    }
}
