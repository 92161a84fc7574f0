package org.octaveserver.ops.bundle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.bundle.route.RouteTable;

/** Versions that no disk knows, for tests of what is pure. */
final class SomeVersions {
    private SomeVersions() {}

    /** Equal for equal arguments. */
    static BundleVersion version(String name, String version) {
        return version(name, version, "");
    }

    /**
     * A version with some content.
     *
     * @param content another one gives another digest
     */
    static BundleVersion version(String name, String version, String content) {
        return stored(name, version, content, Instant.EPOCH);
    }

    static BundleVersion stored(String name, String version, String content, Instant stored) {
        Manifest manifest = new Manifest(
                new BundleName(name),
                new Version(version),
                "",
                "",
                List.of(),
                Optional.empty(),
                Serving.DEFAULT,
                Optional.empty());
        String digest = digest(name + "@" + version + ":" + content);
        return new BundleVersion(
                digest,
                Path.of("/store", name, version + "-" + digest.substring(0, 12)),
                manifest,
                Map.of(),
                RouteTable.EMPTY,
                stored);
    }

    /** A bundle with these versions, the first being the default. */
    static DeployedBundle bundle(String name, String byDefault, String... others) {
        DeployedBundle bundle = DeployedBundle.of(DeployedVersion.of(version(name, byDefault)));
        for (String other : others) {
            bundle = bundle.with(DeployedVersion.of(version(name, other)), false);
        }
        return bundle;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
