package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Makes the manifest of a bundle from its {@code ops.json} and {@code DESCRIPTION}; the former wins. */
final class ManifestReader {
    /** Ten times what any package of Octave Forge has. */
    private static final int MOST_DEPENDENCIES = 100;

    private ManifestReader() {}

    /**
     * Reads the manifest.
     *
     * @param naming what the deployer says about the name
     */
    static Manifest read(BundleTree tree, BundleNaming naming) throws IOException {
        OpsJson ops = tree.manifestFile(OpsJson.NAME).map(OpsJson::parse).orElse(OpsJson.NONE);
        Optional<DescriptionFile> description =
                tree.manifestFile(DescriptionFile.NAME).map(DescriptionFile::parse);
        return new Manifest(
                naming.choose(agreed("name", ops.name(), description.flatMap(d -> d.value("name")))),
                version(ops, description),
                description.flatMap(d -> d.value("title")).orElse(""),
                ops.description()
                        .or(() -> description.flatMap(d -> d.value("description")))
                        .orElse(""),
                depends(ops, description),
                ops.exports(),
                ops.serving(),
                ops.signatures());
    }

    /** The calls that must succeed before the bundle is deployed. */
    static List<SmokeCall> smoke(BundleTree tree) throws IOException {
        OpsJson ops = tree.manifestFile(OpsJson.NAME).map(OpsJson::parse).orElse(OpsJson.NONE);
        return Stream.concat(ops.serving().warmup().map(SmokeCall::of).stream(), ops.smoke().stream())
                .toList();
    }

    private static List<String> depends(OpsJson ops, Optional<DescriptionFile> description) {
        List<String> depends = Stream.concat(
                        description.map(DescriptionFile::depends).orElse(List.of()).stream(), ops.depends().stream())
                .distinct()
                .toList();
        if (depends.size() > MOST_DEPENDENCIES) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "DESCRIPTION (Depends) and ops.json (\"depends\") name " + depends.size()
                            + " dependencies; at most " + MOST_DEPENDENCIES + " are allowed");
        }
        return depends;
    }

    private static Version version(OpsJson ops, Optional<DescriptionFile> description) {
        Optional<String> text = agreed("version", ops.version(), description.flatMap(d -> d.value("version")));
        if (text.isEmpty() && description.isPresent()) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE, "DESCRIPTION has no Version; add one, as in \"Version: 1.0.0\"");
        }
        return text.map(Version::new).orElse(Version.NONE);
    }

    private static Optional<String> agreed(String what, Optional<String> ops, Optional<String> description) {
        if (ops.isPresent() && description.isPresent() && !ops.equals(description)) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "ops.json gives the " + what + " " + Quoted.text(ops.get()) + ", DESCRIPTION "
                            + Quoted.text(description.get()) + "; they must agree, or one must leave it out");
        }
        return ops.or(() -> description);
    }
}
