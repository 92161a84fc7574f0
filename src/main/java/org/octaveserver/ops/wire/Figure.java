package org.octaveserver.ops.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that a call left open: part of FIGURES.
 *
 * @param number Octave's own; 0 for one without
 * @param name its title, may be empty
 * @param format its form
 * @param picture the file; empty when there is a problem
 * @param problem why it could not be drawn, or empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record Figure(int number, String name, FigureFormat format, byte[] picture, String problem) {
    private static final int SMALLEST = 4 * Integer.BYTES;

    /**
     * Reads the figures that a FIGURES frame carries.
     *
     * @throws WireException when the frame belongs to another request, has figures of another form or is malformed
     */
    public static List<Figure> read(Frame frame, long number, FigureFormat asked) throws WireException {
        if (frame.number() != number) {
            throw new WireException("figures of request " + Long.toUnsignedString(frame.number())
                    + " came while request " + number + " ran");
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        int format = payload.number32();
        if (asked == FigureFormat.NONE || format != asked.code()) {
            throw new WireException("figures of form " + format + " came where " + asked + " was asked for");
        }
        int count = payload.count(SMALLEST);
        List<Figure> figures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int own = payload.number32();
            String name = payload.text();
            String problem = payload.text();
            figures.add(new Figure(own, name, asked, payload.bytes(), problem));
        }
        payload.end();
        return figures;
    }
}
