package org.octaveserver.ops.value;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A struct array; a single struct is one of 1x1.
 *
 * @param dimensions the size
 * @param fields the names of the fields, in order, each once
 * @param values field after field, in each the values of all elements in column-major order
 */
public record StructArray(Dimensions dimensions, List<String> fields, List<OctaveValue> values) implements OctaveValue {
    public StructArray {
        fields = List.copyOf(fields);
        values = List.copyOf(values);
        if (new HashSet<>(fields).size() != fields.size()) {
            throw new IllegalArgumentException("a field stands twice in " + fields);
        }
        if (values.size() != Math.multiplyExact(fields.isEmpty() ? 0 : dimensions.count(), (long) fields.size())) {
            throw new IllegalArgumentException("a " + dimensions + " struct array with " + fields.size()
                    + " fields does not have " + values.size() + " values");
        }
    }

    /** A 1x1 struct; the order of the fields is the map's. */
    public static StructArray scalar(Map<String, ? extends OctaveValue> fields) {
        return new StructArray(Dimensions.SCALAR, List.copyOf(fields.keySet()), List.copyOf(fields.values()));
    }

    /** The values of field number {@code field} of all elements, column-major. */
    public List<OctaveValue> valuesOf(int field) {
        int count = Math.toIntExact(dimensions.count());
        return values.subList(field * count, (field + 1) * count);
    }

    /**
     * The value of a field of element {@code index}, from 0 in column-major order.
     *
     * @throws IllegalArgumentException when there is no such field
     */
    public OctaveValue valueOf(String field, int index) {
        int at = fields.indexOf(field);
        if (at < 0) {
            throw new IllegalArgumentException("no field is named " + field + ", only " + fields);
        }
        return valuesOf(at).get(index);
    }

    @Override
    public String className() {
        return "struct";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.struct(this);
    }
}
