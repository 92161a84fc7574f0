package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Makes the tree that a runtime loads of what is no package: the contents of {@code inst/}, with {@code PKG_ADD} and
 * {@code PKG_DEL}; without that folder all but {@code ops.json} and {@code routes.json}.
 */
final class Installation {
    private static final List<String> SCRIPTS = List.of("PKG_ADD", "PKG_DEL");

    private Installation() {}

    /** Copies what is installed of a bundle into {@code target}, which must not exist. */
    static void build(BundleTree bundle, Path target) throws IOException {
        Files.createDirectories(target);
        FileModes.set(target, true);
        if (bundle.hasInst()) {
            copyChildren(bundle.root().resolve(BundleTree.INST), target);
            for (String script : SCRIPTS) {
                Path file = bundle.root().resolve(script);
                if (Files.isRegularFile(file)) {
                    copy(file, target.resolve(script));
                }
            }
        } else {
            copyChildren(bundle.root(), target);
            Files.deleteIfExists(target.resolve(OpsJson.NAME));
            Files.deleteIfExists(target.resolve(BundleRoutes.NAME));
        }
    }

    /** Copies all that is in a directory. */
    static void copyChildren(Path from, Path to) throws IOException {
        for (Path path : FileTrees.below(from)) {
            copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(
                from,
                to,
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
    }
}
