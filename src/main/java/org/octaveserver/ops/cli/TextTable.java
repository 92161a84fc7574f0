package org.octaveserver.ops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.cli.print.Visible;

/** Rows of text in columns as wide as their widest entry. Not thread-safe. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with as many entries as there are headings. */
    void add(String... entries) {
        rows.add(List.of(entries).stream().map(Visible::text).toList());
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
