package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the tree that a runtime loads: of a package the contents of {@code inst/}, with {@code PKG_ADD} and
 * {@code PKG_DEL}; of a plain folder all but {@code ops.json}.
 */
final class Installation {
    private static final List<String> SCRIPTS = List.of("PKG_ADD", "PKG_DEL");

    private Installation() {}

    /** Copies what is installed of a bundle into {@code target}, which must not exist. */
    static void build(BundleTree bundle, Path target) throws IOException {
        Files.createDirectories(target);
        FileModes.set(target, true);
        if (bundle.isPackage()) {
            copyChildren(bundle.root().resolve(BundleTree.INST), target);
            for (String script : SCRIPTS) {
                Path file = bundle.root().resolve(script);
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target.resolve(script), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } else {
            copyChildren(bundle.root(), target);
            Files.deleteIfExists(target.resolve(OpsJson.NAME));
        }
    }

    private static void copyChildren(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : (Iterable<Path>) tree.filter(p -> !p.equals(from))::iterator) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
