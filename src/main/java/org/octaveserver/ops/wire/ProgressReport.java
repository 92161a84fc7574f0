package org.octaveserver.ops.wire;

/**
 * How far user code says that it is: PROGRESS.
 *
 * @param fraction from 0 to 1
 * @param message one line of at most 1000 Unicode characters, or empty
 */
public record ProgressReport(double fraction, String message) {
    /** How many characters a message may have. */
    static final int LONGEST = 1000;

    /**
     * Reads what a PROGRESS frame carries.
     *
     * @throws WireException when the frame belongs to another request or is malformed
     */
    public static ProgressReport read(Frame frame, long number) throws WireException {
        if (frame.number() != number) {
            throw new WireException("progress of request " + Long.toUnsignedString(frame.number())
                    + " came while request " + number + " ran");
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        double fraction = Double.longBitsToDouble(payload.number64());
        String message = payload.text();
        payload.end();
        // Of NaN neither holds.
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new WireException("a progress of " + fraction + " is none from 0 to 1");
        }
        if (message.codePointCount(0, message.length()) > LONGEST) {
            throw new WireException("the message of a progress is longer than " + LONGEST + " characters");
        }
        if (message.chars().anyMatch(Character::isISOControl)) {
            throw new WireException("the message of a progress has control characters");
        }
        return new ProgressReport(fraction, message);
    }
}
