package org.octaveserver.ops.bundle;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code 1} and {@code 1.2} mean behind {@code @}: all versions that begin with these numbers, but no pre-release,
 * which is only called by who names it.
 *
 * @param numbers one or two
 */
record VersionRange(List<BigInteger> numbers) {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{1,64}(?:\\.[0-9]{1,64})?");

    VersionRange {
        numbers = List.copyOf(numbers);
    }

    /** The range, or nothing when the text is none. */
    static Optional<VersionRange> parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new VersionRange(
                Stream.of(text.split("\\.", -1)).map(BigInteger::new).toList()));
    }

    boolean contains(Version version) {
        return !version.isPreRelease() && version.startsWith(numbers);
    }
}
