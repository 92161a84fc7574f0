package org.octaveserver.ops.bundle;

import java.util.Optional;

/**
 * How a bundle is named in URLs and requests: {@code name}, or {@code name@version}. Whether there is such a bundle is
 * another question.
 *
 * @param version what follows the first {@code @}; absent when there is none
 */
public record BundleReference(String name, Optional<String> version) {
    /** Splits a text; every text is one. */
    public static BundleReference parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new BundleReference(text, Optional.empty())
                : new BundleReference(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }
}
