package org.octaveserver.ops.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table that the benchmark prints, in Markdown. */
final class Table {
    private static final List<String> HEAD = List.of("scenario", "figure", "compared with", "ratio", "goal", "reached");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> cells = rows.stream()
                .map(row ->
                        List.of(row.what(), row.figure(), row.against(), row.ratio(), row.goal(), row.verdict().text))
                .toList();
        List<Integer> widths = IntStream.range(0, HEAD.size())
                .mapToObj(column -> Math.max(
                        HEAD.get(column).length(),
                        cells.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toList();
        String rule = widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |\n"));
        return line(HEAD, widths)
                + rule
                + cells.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i ->
                        cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
