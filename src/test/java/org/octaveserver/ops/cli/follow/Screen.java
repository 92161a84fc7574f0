package org.octaveserver.ops.cli.follow;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of some width: what stands on its lines after all that was written to it. One column for each character. */
final class Screen extends Writer {
    private static final Pattern SEQUENCE = Pattern.compile("\\[(\\d*)([A-Z])");

    private final int columns;
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    Screen(int columns) {
        this.columns = columns;
    }

    PrintWriter writer() {
        return new PrintWriter(this, false);
    }

    /** The lines, without spaces at their ends. */
    List<String> lines() {
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        String text = new String(buffer, offset, length);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\033') {
                Matcher sequence = SEQUENCE.matcher(text).region(i + 1, text.length());
                if (!sequence.lookingAt()) {
                    throw new AssertionError("no sequence that this terminal knows: " + text.substring(i + 1));
                }
                obey(sequence.group(1), sequence.group(2));
                i = sequence.end() - 1;
            } else {
                put(c);
            }
        }
    }

    private void obey(String number, String letter) {
        switch (letter) {
            case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            case "A" -> row = Math.max(0, row - 1);
            case "G" -> column = Integer.parseInt(number) - 1;
            default -> throw new AssertionError("unknown: " + number + letter);
        }
    }

    private void put(char c) {
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            newLine();
        } else {
            // Real ones too begin the next line only with the next character.
            if (column == columns) {
                newLine();
            }
            StringBuilder line = lines.get(row);
            while (line.length() <= column) {
                line.append(' ');
            }
            line.setCharAt(column, c);
            column++;
        }
    }

    private void newLine() {
        row++;
        column = 0;
        if (row == lines.size()) {
            lines.add(new StringBuilder());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
