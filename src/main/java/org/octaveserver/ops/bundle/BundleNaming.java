package org.octaveserver.ops.bundle;

import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * What the deployer says about the name of a bundle. Its file comes first, if it names one.
 *
 * @param name as the deployer says
 * @param binding whether the file must not name another
 */
public record BundleNaming(Optional<String> name, boolean binding) {
    /** The file must name its bundle. */
    public static final BundleNaming BY_FILE = new BundleNaming(Optional.empty(), false);

    /** A name for a file that has none. */
    public static BundleNaming byDefault(String name) {
        return new BundleNaming(Optional.of(name), false);
    }

    /** The name that the bundle gets; a file that names another is refused. */
    public static BundleNaming exactly(String name) {
        return new BundleNaming(Optional.of(name), true);
    }

    /**
     * The name of the bundle.
     *
     * @param inFile as its file says
     */
    BundleName choose(Optional<String> inFile) {
        if (binding && inFile.isPresent() && !inFile.equals(name)) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "the request names the bundle " + Quoted.text(name.orElseThrow()) + ", its file "
                            + Quoted.text(inFile.get()) + "; they must agree, or the file must leave it out");
        }
        return new BundleName(inFile.or(this::name)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.INVALID_BUNDLE,
                        "the bundle has no name; add \"name\" to its ops.json, or Name to its DESCRIPTION")));
    }
}
