package org.octaveserver.ops.bundle;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The name of a bundle: the first segment of the URL of its functions, and a directory in the store.
 *
 * @param text 1 to 64 of {@code A-Z a-z 0-9 _ . -}, a letter first; upper and lower case differ
 */
public record BundleName(String text) implements Comparable<BundleName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** First segments of OPS's own URLs, and the one file that lies beside the bundles of a release. */
    private static final Set<String> RESERVED =
            Set.of("api", "ui", "ogc", "wps", "jupyter", "pipelines", "mcp", ReleaseFile.NAME);

    /**
     * Checks the name.
     *
     * @throws OpsException INVALID_BUNDLE when it is not allowed
     */
    public BundleName {
        if (!SHAPE.matcher(text).matches()) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle name " + Quoted.text(text)
                            + " is not allowed; a name is a letter, then up to 63 letters, digits, \"_\", \".\" or \"-\"");
        }
        if (isReserved(text)) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle name " + Quoted.text(text) + " is reserved for OPS itself; choose another one");
        }
    }

    /** The name, or nothing when no bundle can have it. */
    public static Optional<BundleName> find(String text) {
        return SHAPE.matcher(text).matches() && !isReserved(text)
                ? Optional.of(new BundleName(text))
                : Optional.empty();
    }

    /** Whether URLs that begin with this segment are OPS's own. */
    public static boolean isReserved(String text) {
        return RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(BundleName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
