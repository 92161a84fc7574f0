package org.octaveserver.ops.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.cli.ReleaseBody.BundleToDeploy;
import org.octaveserver.ops.cli.pack.BundlePacker;

/** Files and directories as files to deploy; what was packed for that is removed at the end. Not thread-safe. */
final class BundleSources implements AutoCloseable {
    private final List<BundleToDeploy> files = new ArrayList<>();
    private final List<Path> packed = new ArrayList<>();

    /** What was added, in that order. */
    List<BundleToDeploy> files() {
        return List.copyOf(files);
    }

    /**
     * Adds a bundle file, or a directory that is packed as {@code ops bundle} does.
     *
     * @throws NoSuchFileException when there is neither
     */
    void add(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            BundlePacker packer = BundlePacker.of(source);
            Path file = Files.createTempFile("ops-", ".tar.gz");
            packed.add(file);
            try (OutputStream out = Files.newOutputStream(file)) {
                packer.writeTo(out);
            }
            files.add(new BundleToDeploy(
                    source.toString(), file, packer.identity().name()));
        } else if (Files.exists(source)) {
            files.add(new BundleToDeploy(source.toString(), source, defaultName(source)));
        } else {
            throw new NoSuchFileException(source.toString());
        }
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

    @Override
    public void close() throws IOException {
        for (Path file : packed) {
            Files.deleteIfExists(file);
        }
    }
}
