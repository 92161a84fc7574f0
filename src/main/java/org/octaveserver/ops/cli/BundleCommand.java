package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.cli.pack.BundlePacker;
import org.octaveserver.ops.cli.print.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops bundle}: makes the file that {@code ops deploy} takes. */
@Command(
        name = "bundle",
        description = {
            "Packs a directory as one bundle file; the same content gives the same bytes.",
            "DIR is an Octave package (DESCRIPTION, inst/) or a plain folder of .m files, with or without ops.json."
                    + " Hidden files, version control and editor backups are left out."
        })
final class BundleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The directory.")
    private Path directory = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write. Default: NAME-VERSION.tar.gz in the current directory.")
    private @Nullable Path output;

    @Option(
            names = "--check",
            description = "Write nothing: check the directory, here and, where a server runs, by a dry run of its"
                    + " deployment.")
    private boolean check;

    @Mixin
    private final ServerOptions options;

    BundleCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        if (check) {
            check();
            return ExitStatus.OK.code();
        }
        BundlePacker packer = BundlePacker.of(directory);
        Path file = (output == null ? Path.of(packer.identity().fileName()) : output).toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandFailure(ExitStatus.USAGE, "there is no directory " + folder);
        }
        if (folder.toRealPath().startsWith(directory.toRealPath())) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    file + " would be packed into itself the next time; name a place outside " + directory
                            + " with -o");
        }
        String digest = write(packer, folder, file);
        spec.commandLine().getOut().println("wrote " + file + ", sha256 " + digest);
        return ExitStatus.OK.code();
    }

    private void check() throws IOException {
        try (BundleSources bundles = new BundleSources()) {
            bundles.add(directory);
            spec.commandLine().getOut().println(Visible.text(directory + " can be packed"));
            if (options.names() || options.runsHere()) {
                ReleaseBody body = new ReleaseBody(bundles.files(), "", true, false, Optional.empty());
                options.buildingClient().deploy(body, true, OptionalLong.empty());
                spec.commandLine().getOut().println(Visible.text(directory + " can be deployed"));
            } else {
                spec.commandLine().getOut().println("no server was asked: none runs here, and --server names none");
            }
        }
    }

    /** Writes beside the target and renames, so that no half file is ever seen under its name. */
    private static String write(BundlePacker packer, Path folder, Path file) throws IOException {
        MessageDigest digest = sha256();
        Path whole = Files.createTempFile(folder, ".ops-", ".tmp");
        try {
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(whole), digest)) {
                packer.writeTo(out);
            }
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
