package org.octaveserver.ops.wire;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.octaveserver.ops.value.NumericClass;

/** The numbers of the kinds of value on the wire. Those of the numeric classes are 1 to 10. */
final class ValueTag {
    static final int LOGICAL = 11;
    static final int CHAR = 12;
    static final int CELL = 13;
    static final int STRUCT = 14;
    static final int SPARSE = 15;
    static final int SPARSE_LOGICAL = 16;
    static final int FUNCTION_HANDLE = 17;

    static final int COMPLEX = 1;

    private static final Map<NumericClass, Integer> NUMERIC = Map.ofEntries(
            entry(NumericClass.DOUBLE, 1),
            entry(NumericClass.SINGLE, 2),
            entry(NumericClass.INT8, 3),
            entry(NumericClass.UINT8, 4),
            entry(NumericClass.INT16, 5),
            entry(NumericClass.UINT16, 6),
            entry(NumericClass.INT32, 7),
            entry(NumericClass.UINT32, 8),
            entry(NumericClass.INT64, 9),
            entry(NumericClass.UINT64, 10));
    private static final Map<Integer, NumericClass> BY_TAG =
            NUMERIC.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private ValueTag() {}

    /** Whether Octave has complex values of that kind. */
    static boolean mayBeComplex(int tag) {
        return tag == SPARSE || numeric(tag).filter(NumericClass::isFloating).isPresent();
    }

    static int of(NumericClass type) {
        return requireNonNull(NUMERIC.get(type));
    }

    static Optional<NumericClass> numeric(int tag) {
        return Optional.ofNullable(BY_TAG.get(tag));
    }
}
