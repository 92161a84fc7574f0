package org.octaveserver.ops.cli.print;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/**
 * Writes a value as Octave shows it at its prompt. For people: five significant digits, and of a struct array only the
 * fields. Not thread-safe.
 *
 * <p>It goes its own way where Octave 7 does not align or indent: char matrices and sparse ones inside cells and
 * structs are indented, nested structs are shown to any depth, and control characters are made visible.
 */
public final class ValuePrinter {
    private final PrintWriter out;

    public ValuePrinter(PrintWriter out) {
        this.out = out;
    }

    /** Writes {@code name = ...}. */
    public void print(String name, OctaveValue value) {
        print(name, value, 0);
    }

    private void print(String name, OctaveValue value, int indent) {
        if (value instanceof CellArray cells) {
            cell(name, cells, indent);
        } else if (value instanceof StructArray struct) {
            struct(name, struct, indent);
        } else if (value instanceof CharArray chars) {
            chars(name, chars, indent);
        } else if (value instanceof SparseMatrix sparse) {
            sparse(name, sparse, indent);
        } else if (value instanceof FunctionHandle handle) {
            line(indent, name + " = " + Visible.text(handle.text()));
        } else {
            array(name, value, indent);
        }
    }

    private void array(String name, OctaveValue value, int indent) {
        Dimensions size = value.dimensions();
        if (size.isEmpty()) {
            line(indent, name + " = [](" + size + ")");
            return;
        }
        if (size.isScalar()) {
            line(indent, name + " = " + page(value, 0, 1).scalar());
            return;
        }
        open(indent, name);
        int rows = Math.toIntExact(size.rows());
        int columns = Math.toIntExact(size.columns());
        if (size.rank() == 2) {
            new MatrixPrinter(out, indent).print(page(value, 0, rows * columns), rows, columns);
        } else {
            pages(value, rows, columns, indent);
        }
    }

    private void pages(OctaveValue value, int rows, int columns, int indent) {
        int each = rows * columns;
        int pages = Math.toIntExact(value.dimensions().count() / each);
        for (int i = 0; i < pages; i++) {
            ElementText elements = page(value, i * each, each);
            String name = pageName(value.dimensions(), i);
            if (each == 1) {
                line(indent, name + " = " + elements.scalar());
            } else {
                open(indent, name);
                new MatrixPrinter(out, indent).print(elements, rows, columns);
            }
        }
        if (each == 1) {
            out.print('\n');
        }
    }

    private static ElementText page(OctaveValue value, int begin, int count) {
        return value instanceof LogicalArray logical
                ? ElementTexts.of(logical, begin, count)
                : ElementTexts.of((NumericArray) value, begin, count);
    }

    private static String pageName(Dimensions size, int page) {
        StringBuilder name = new StringBuilder("ans(:,:");
        long rest = page;
        for (int i = 2; i < size.rank(); i++) {
            name.append(',').append(rest % size.extent(i) + 1);
            rest /= size.extent(i);
        }
        return name.append(')').toString();
    }

    private void chars(String name, CharArray chars, int indent) {
        Dimensions size = chars.dimensions();
        if (size.isEmpty() && !size.equals(Dimensions.EMPTY)) {
            line(indent, name + " = [](" + size + ")");
        } else if (size.isRow() || size.isEmpty()) {
            line(indent, name + " = " + Visible.text(chars.text()));
        } else {
            open(indent, name);
            int rows = Math.toIntExact(size.rows());
            for (int row = 0; row < rows; row++) {
                line(indent, Visible.text(row(chars, row, rows)));
            }
            out.print('\n');
        }
    }

    /** A row of a char matrix; what lies beyond the second dimension follows in the same line. */
    private static String row(CharArray chars, int row, int rows) {
        byte[] bytes = new byte[chars.elements().byteLength() / rows];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = chars.elements().byteAt(row + i * rows);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void cell(String name, CellArray cells, int indent) {
        Dimensions size = cells.dimensions();
        if (size.isEmpty()) {
            line(indent, name + " = {}(" + size + ")");
        } else if (size.rank() > 2) {
            line(indent, name + " = {" + size + " Cell Array}");
        } else {
            line(indent, name + " =");
            line(indent, "{");
            for (int i = 0; i < cells.cells().size(); i++) {
                String index = "[" + (i % size.rows() + 1) + "," + (i / size.rows() + 1) + "]";
                print(index, cells.cells().get(i), indent + 2);
            }
            line(indent, "}\n");
        }
    }

    private void struct(String name, StructArray struct, int indent) {
        open(indent, name);
        boolean scalar = struct.dimensions().isScalar();
        String kind = scalar ? "scalar structure" : struct.dimensions() + " struct array";
        line(indent + 2, kind + " containing the fields:\n");
        List<String> fields = struct.fields();
        for (int i = 0; i < fields.size(); i++) {
            String field = Visible.text(fields.get(i));
            if (scalar) {
                print(field, struct.values().get(i), indent + 4);
            } else {
                line(indent + 4, field);
            }
        }
        out.print('\n');
    }

    private void sparse(String name, SparseMatrix matrix, int indent) {
        Dimensions size = matrix.dimensions();
        open(indent, name);
        line(
                indent,
                "Compressed Column Sparse (rows = " + size.rows() + ", cols = " + size.columns() + ", nnz = "
                        + matrix.stored() + ")\n");
        for (int i = 0; i < matrix.stored(); i++) {
            String at = "(" + (matrix.rows().longAt(i) + 1) + ", "
                    + (matrix.columns().longAt(i) + 1) + ") -> ";
            line(indent + 2, at + ElementTexts.of(matrix, i).scalar());
        }
        out.print('\n');
    }

    private void open(int indent, String name) {
        line(indent, name + " =\n");
    }

    private void line(int indent, String text) {
        out.print(" ".repeat(indent) + text + "\n");
    }
}
