package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * One version of a bundle in the store. Immutable, as is what it stands for.
 *
 * @param digest SHA-256 of the file that was uploaded, 64 hexadecimal digits
 * @param directory its directory in the store, absolute
 * @param manifest what it says about itself; name and version are there
 * @param functions the functions that may be called, by name, in order
 * @param routes which of its URLs are answered otherwise than by a call in JSON
 * @param stored when it was stored
 */
public record BundleVersion(
        String digest,
        Path directory,
        Manifest manifest,
        Map<String, ExportedFunction> functions,
        RouteTable routes,
        Instant stored) {
    /** How much of a digest stands in names: enough to tell versions apart, not to trust. */
    static final int SHORT_DIGEST = 12;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public BundleVersion {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("a digest is 64 hexadecimal digits, not " + digest);
        }
        functions = Collections.unmodifiableSortedMap(new TreeMap<>(functions));
    }

    public BundleName name() {
        return manifest.name();
    }

    public Version version() {
        return manifest.version();
    }

    /** Names this version on every node: {@code name@version-digest12}. The key of pools, and what logs say. */
    public String id() {
        return name() + "@" + version() + "-" + shortDigest();
    }

    String shortDigest() {
        return digest.substring(0, SHORT_DIGEST);
    }

    /** The function, or nothing when it does not exist or is not exported. */
    public Optional<ExportedFunction> function(String function) {
        return Optional.ofNullable(functions.get(function));
    }

    /** What was uploaded, unpacked. */
    public Path source() {
        return directory.resolve(Store.SOURCE);
    }

    /**
     * The root of what a runtime loads. One for each thing that a runtime has been, on whatever node: workers of the old
     * one keep theirs while that for the new one is made.
     */
    public Path installed(OctaveRuntime runtime) {
        return directory.resolve(installation(runtime));
    }

    /** The same, relative to the version's directory. */
    static Path installation(OctaveRuntime runtime) {
        return Path.of(Store.INSTALL, runtime.id(), runtime.build().identity());
    }

    /** Where the log of its build for a runtime is, if there was something to build; relative to the directory. */
    static Path buildLog(OctaveRuntime runtime) {
        return Path.of(Store.BUILD, runtime.id(), runtime.build().identity() + ".log");
    }
}
