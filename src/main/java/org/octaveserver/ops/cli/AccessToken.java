package org.octaveserver.ops.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The token that proves to the server who asks.
 *
 * @param value the token, when there is one
 * @param origin where it came from or was looked for; for messages
 */
record AccessToken(Optional<String> value, String origin) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * {@code --token-file}, else {@code $OPS_TOKEN}, else, for a server on this machine, the file that the server of this
     * {@code $OPS_HOME} made: its secret is not for other machines, whose address may be a slip of the pen.
     *
     * @throws CommandFailure when the file of {@code --token-file} cannot be read, or what was found is no token
     */
    static AccessToken find(Optional<Path> option, Surroundings surroundings, URI server) {
        if (option.isPresent()) {
            return named(option.get());
        }
        Optional<String> variable = surroundings.variable("OPS_TOKEN");
        if (variable.isPresent()) {
            return found(variable.get(), "OPS_TOKEN");
        }
        if (!THIS_MACHINE.contains(server.getHost())) {
            return new AccessToken(
                    Optional.empty(),
                    "no token was sent: for a server on another machine, give it with --token-file or OPS_TOKEN");
        }
        Path file = surroundings.home().resolve("conf").resolve("admin-token");
        try {
            return found(Files.readString(file), file.toString());
        } catch (IOException e) {
            return new AccessToken(
                    Optional.empty(), "no token was found: not in --token-file, OPS_TOKEN or a readable " + file);
        }
    }

    private static AccessToken named(Path file) {
        try {
            return found(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.USAGE, "--token-file: cannot read " + file);
        }
    }

    private static AccessToken found(String text, String source) {
        String token = text.strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new CommandFailure(ExitStatus.USAGE, source + " holds no token: one is a line of ASCII letters");
        }
        return new AccessToken(Optional.of(token), "the token was taken from " + source);
    }
}
