package org.octaveserver.ops.value;

import java.util.List;

/**
 * A cell array.
 *
 * @param dimensions the size
 * @param cells the contents, column-major
 */
public record CellArray(Dimensions dimensions, List<OctaveValue> cells) implements OctaveValue {
    public CellArray {
        cells = List.copyOf(cells);
        Checks.count(cells.size(), dimensions);
    }

    @Override
    public String className() {
        return "cell";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.cell(this);
    }
}
