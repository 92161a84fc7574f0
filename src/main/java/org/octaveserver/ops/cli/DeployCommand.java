package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.octaveserver.ops.cli.pack.BundlePacker;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops deploy}: makes bundles callable. */
@Command(
        name = "deploy",
        description = {
            "Deploys bundles: each becomes callable in a new release.",
            "A directory is packed on the fly, as \"ops bundle\" does."
        })
final class DeployCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "A bundle file, or a directory of Octave code.")
    private List<Path> sources = List.of();

    @Option(
            names = "--replace",
            description = "Let the same version with other content take the place of the deployed one.")
    private boolean replace;

    DeployCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        ServerClient client = options.client();
        for (Path source : sources) {
            report(Files.isDirectory(source) ? packed(client, source) : upload(client, source, defaultName(source)));
        }
        return ExitStatus.OK.code();
    }

    private JsonNode packed(ServerClient client, Path directory) throws IOException {
        BundlePacker packer = BundlePacker.of(directory);
        Path file = Files.createTempFile("ops-", ".tar.gz");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                packer.writeTo(out);
            }
            return upload(client, file, packer.identity().name());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private JsonNode upload(ServerClient client, Path file, String defaultName) throws IOException {
        return client.upload(
                "/api/v1/bundles?name=" + ServerClient.encoded(defaultName) + (replace ? "&replace=true" : ""),
                BodyPublishers.ofFile(file));
    }

    /** What a bundle without a name of its own is called: its file, without version and ending. */
    static String defaultName(Path file) {
        Path name = file.getFileName();
        return name == null
                ? ""
                : name.toString()
                        .replaceFirst("(?i)\\.(tar\\.gz|tgz|zip)$", "")
                        .replaceFirst("-[0-9]+(\\.[0-9]+)*([-+][0-9A-Za-z.+-]*)?$", "");
    }

    private void report(JsonNode deployed) {
        String functions = StreamSupport.stream(deployed.path("exports").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        String bundle =
                deployed.path("name").asText() + " " + deployed.path("version").asText();
        String release = deployed.path("release").asText();
        String what = deployed.path("changed").asBoolean(true)
                ? bundle + " deployed in release " + release
                : bundle + " is unchanged, deployed in release " + release;
        PrintWriter out = spec.commandLine().getOut();
        out.println(Visible.text(what + ": " + functions));
    }
}
