package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Stands in for Octave's pkg: copies {@code inst/}, and "compiles" each C++ source in {@code src/} to a function file;
 * one with "compiler error" in it fails the build. Each package knows where it was installed.
 */
final class CopyingInstaller implements PackageInstaller {
    static final String ARCH = "some-arch";

    final List<PackageBuild> builds = new ArrayList<>();

    @Override
    public InstalledTree install(PackageBuild build) {
        builds.add(build);
        try {
            Path root = Files.createDirectory(build.prefix().resolve("package-1.0"));
            if (Files.isDirectory(build.source().resolve("inst"))) {
                Installation.copyChildren(build.source().resolve("inst"), root);
            }
            Files.writeString(root.resolve("place"), "installed in " + root + "\n");
            Files.writeString(build.log(), "built " + build.bundle() + "\n");
            Path src = build.source().resolve("src");
            if (!Files.isDirectory(src)) {
                return InstalledTree.plain(root);
            }
            Path arch = Files.createDirectory(root.resolve(ARCH));
            for (Path file : FileTrees.list(src)) {
                compile(file, arch);
            }
            return new InstalledTree(root, List.of(ARCH, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path file, Path arch) throws IOException {
        String name = file.getFileName().toString();
        if (Files.readString(file).contains("compiler error")) {
            throw new OpsException(ErrorCode.BUILD_FAILED, "src/" + name + ":1: compiler error");
        }
        if (name.endsWith(".cc")) {
            Files.writeString(arch.resolve(name.replace(".cc", ".m")), "compiled\n");
        }
    }
}
