package org.octaveserver.ops.value;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ten numeric classes of Octave. */
public enum NumericClass {
    DOUBLE(8, true),
    SINGLE(4, true),
    INT8(1, false),
    UINT8(1, false),
    INT16(2, false),
    UINT16(2, false),
    INT32(4, false),
    UINT32(4, false),
    INT64(8, false),
    UINT64(8, false);

    private static final Map<String, NumericClass> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(NumericClass::octaveName, Function.identity()));

    private final int bytes;
    private final boolean floating;

    NumericClass(int bytes, boolean floating) {
        this.bytes = bytes;
        this.floating = floating;
    }

    /** The class of that Octave name, such as {@code uint8}. */
    public static Optional<NumericClass> named(String octaveName) {
        return Optional.ofNullable(BY_NAME.get(octaveName));
    }

    /** What {@code class (x)} answers in Octave. */
    public String octaveName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of one real element. */
    public int bytes() {
        return bytes;
    }

    /** Whether it holds fractions, NaN, infinities and complex numbers. */
    public boolean isFloating() {
        return floating;
    }

    public boolean isUnsigned() {
        return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }
}
