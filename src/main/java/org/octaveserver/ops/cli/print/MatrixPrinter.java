package org.octaveserver.ops.cli.print;

import java.io.PrintWriter;

/** Writes a matrix row by row, in blocks of columns that fit 80 characters, each block followed by a blank line. */
final class MatrixPrinter {
    private static final int LINE = 80;

    private final PrintWriter out;
    private final String indent;

    MatrixPrinter(PrintWriter out, int indent) {
        this.out = out;
        this.indent = " ".repeat(indent);
    }

    void print(ElementText elements, int rows, int columns) {
        int perBlock = Math.max(1, (LINE - indent.length()) / elements.columnWidth());
        for (int first = 0; first < columns; first += perBlock) {
            int end = Math.min(columns, first + perBlock);
            if (perBlock < columns) {
                out.print(indent + " " + heading(first + 1, end) + "\n\n");
            }
            for (int row = 0; row < rows; row++) {
                out.print(indent);
                for (int column = first; column < end; column++) {
                    out.print(elements.padded(row + column * rows));
                }
                out.print('\n');
            }
            out.print('\n');
        }
    }

    private static String heading(int first, int last) {
        if (first == last) {
            return "Column " + first + ":";
        }
        return "Columns " + first + (last == first + 1 ? " and " : " through ") + last + ":";
    }
}
