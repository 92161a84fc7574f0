package org.octaveserver.ops.cli.print;

/** How the elements of one page (a matrix out of an array) are written: all at one width, so that they align. */
interface ElementText {
    /** Element {@code index} of the page, column-major, padded on the left to the width of all, after two blanks. */
    String padded(int index);

    /** What a column takes when lines are broken at the width of the terminal. */
    int columnWidth();

    /** The text of a page that has one element: without padding where Octave leaves it out. */
    String scalar();

    /** {@code text} at the right end of {@code width} columns. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
