package org.octaveserver.ops.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the server to talk to. */
final class ServerAddress {
    private static final String DEFAULT = "http://127.0.0.1:9910";

    private ServerAddress() {}

    /**
     * {@code --server}, else {@code $OPS_SERVER}, else what the server of this {@code $OPS_HOME} wrote down, else the
     * default port here.
     *
     * @throws CommandFailure when the address is no http or https URL
     */
    static URI find(Optional<String> option, Surroundings surroundings) {
        if (option.isPresent()) {
            return parse(option.get(), "--server");
        }
        Optional<String> variable = surroundings.variable("OPS_SERVER");
        if (variable.isPresent()) {
            return parse(variable.get(), "OPS_SERVER");
        }
        Path endpoint = surroundings.home().resolve("run").resolve("endpoint");
        return written(endpoint).map(line -> parse(line, endpoint.toString())).orElseGet(() -> URI.create(DEFAULT));
    }

    private static Optional<String> written(Path endpoint) {
        try (var lines = Files.lines(endpoint)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.contains("://") ? line : "http://" + line);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static URI parse(String text, String source) {
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable(text, source);
        }
        throw unusable(text, source);
    }

    private static CommandFailure unusable(String text, String source) {
        return new CommandFailure(
                ExitStatus.USAGE,
                source + ": \"" + text + "\" is no address of a server; one looks like http://127.0.0.1:9910");
    }
}
