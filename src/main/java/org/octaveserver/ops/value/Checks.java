package org.octaveserver.ops.value;

/** What the constructors of values check alike. */
final class Checks {
    private Checks() {}

    static void byteLength(Elements elements, Dimensions dimensions, int bytesEach) {
        count(elements.byteLength() / bytesEach, dimensions);
        if (elements.byteLength() % bytesEach != 0) {
            throw new IllegalArgumentException(
                    elements.byteLength() + " bytes are no whole number of elements of " + bytesEach + " bytes");
        }
    }

    static void count(long elements, Dimensions dimensions) {
        if (elements != dimensions.count()) {
            throw new IllegalArgumentException(
                    "a " + dimensions + " array has " + dimensions.count() + " elements, not " + elements);
        }
    }
}
