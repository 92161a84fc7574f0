package org.octaveserver.ops.value.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;

/**
 * Char arrays as the one string of large notation, without loss. A row is its bytes as {@link ByteText}. An array of
 * more rows (for more dimensions, all but the first count as columns) has its characters column by column: as whole
 * characters when every row is valid UTF-8 with as many characters as the others, else byte by byte.
 */
final class CharMatrix {
    private CharMatrix() {}

    static String text(CharArray array) {
        byte[] bytes = array.elements().toBytes();
        if (array.dimensions().isRow()) {
            return ByteText.decode(bytes);
        }
        if (bytes.length == 0 || ByteText.isAscii(bytes)) {
            return ByteText.escapeEach(bytes);
        }
        return interleaved(rows(bytes, (int) array.dimensions().rows())).orElseGet(() -> ByteText.escapeEach(bytes));
    }

    private static List<int[]> rows(byte[] bytes, int count) {
        List<int[]> rows = new ArrayList<>(count);
        byte[] row = new byte[bytes.length / count];
        for (int r = 0; r < count; r++) {
            for (int c = 0; c < row.length; c++) {
                row[c] = bytes[c * count + r];
            }
            rows.add(ByteText.decode(row).codePoints().toArray());
        }
        return rows;
    }

    private static Optional<String> interleaved(List<int[]> rows) {
        int columns = rows.get(0).length;
        for (int[] row : rows) {
            if (row.length != columns || Arrays.stream(row).anyMatch(ByteText::isEscape)) {
                return Optional.empty();
            }
        }
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < columns; c++) {
            for (int[] row : rows) {
                text.appendCodePoint(row[c]);
            }
        }
        return Optional.of(text.toString());
    }

    /**
     * The array of an encodable text. The size is recomputed from the text, for clients count characters where Octave
     * counts bytes: {@code stated} gives the number of rows, and all else only when the bytes fit it.
     *
     * @throws IllegalArgumentException when no such array has that text; the message says why
     */
    static CharArray array(String text, Dimensions stated) {
        byte[] bytes = stated.isRow() ? ByteText.encode(text) : dealt(text, stated.rows());
        if (stated.count() == bytes.length) {
            return new CharArray(stated, Elements.wrap(bytes));
        }
        if (stated.rank() > 2) {
            throw new IllegalArgumentException(
                    "the text has " + bytes.length + " bytes of UTF-8, which do not fit the size " + stated);
        }
        long rows = stated.rows();
        long columns = rows == 0 ? 0 : bytes.length / rows;
        return new CharArray(Dimensions.of(rows, columns), Elements.wrap(bytes));
    }

    /** Deals the characters of a text out to the rows, column by column, and puts their bytes in column-major order. */
    private static byte[] dealt(String text, long rows) {
        int[] codePoints = text.codePoints().toArray();
        if (codePoints.length == 0) {
            return new byte[0];
        }
        if (rows == 0 || codePoints.length % rows != 0) {
            throw new IllegalArgumentException(
                    codePoints.length + " characters do not make " + rows + " rows of the same length");
        }
        int count = (int) rows;
        int[] lengths = new int[count];
        for (int i = 0; i < codePoints.length; i++) {
            lengths[i % count] += ByteText.encodedLength(codePoints[i]);
        }
        if (Arrays.stream(lengths).distinct().count() > 1) {
            throw new IllegalArgumentException("the rows differ in their number of UTF-8 bytes, and in Octave a row of"
                    + " a char array is bytes; pad them, or send a cell array of texts");
        }
        return columnMajor(codePoints, count, lengths[0]);
    }

    private static byte[] columnMajor(int[] codePoints, int rows, int columns) {
        byte[] bytes = new byte[Math.multiplyExact(rows, columns)];
        for (int r = 0; r < rows; r++) {
            StringBuilder row = new StringBuilder();
            for (int i = r; i < codePoints.length; i += rows) {
                row.appendCodePoint(codePoints[i]);
            }
            byte[] encoded = ByteText.encode(row.toString());
            for (int c = 0; c < columns; c++) {
                bytes[c * rows + r] = encoded[c];
            }
        }
        return bytes;
    }
}
