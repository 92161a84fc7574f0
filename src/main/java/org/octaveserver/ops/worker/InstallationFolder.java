package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where an Octave is installed that is none of the system's programs. */
final class InstallationFolder {
    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr"), Path.of("/bin"), Path.of("/nix"), Path.of("/gnu"));

    private InstallationFolder() {}

    /** The directories that the program needs which a command starts: the one around its {@code bin}. */
    static List<Path> of(List<String> command) {
        return program(command.get(0))
                .filter(program -> SYSTEM.stream().noneMatch(program::startsWith))
                .map(InstallationFolder::around)
                .map(List::of)
                .orElse(List.of());
    }

    private static Path around(Path program) {
        Path folder = program.resolveSibling("");
        boolean hasOwn = folder.getNameCount() > 1 && folder.endsWith("bin");
        return hasOwn ? folder.resolveSibling("") : program;
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream((name.contains("/") ? "" : String.valueOf(System.getenv("PATH"))).split(":", -1))
                .map(folder -> folder.isEmpty() ? Path.of(name) : Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(InstallationFolder::real);
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program.toAbsolutePath();
        }
    }
}
