package org.octaveserver.ops.wire;

import java.util.Optional;

/**
 * What a worker says when it has undone what a call left behind: READY after an answer.
 *
 * @param processes whether it has made processes since the last one; absent where it cannot tell
 */
public record Settled(Optional<Boolean> processes) {
    /**
     * Reads the frame that follows the answer to call {@code number}.
     *
     * @throws WireException when it is another frame, or malformed
     */
    public static Settled of(Frame frame, long number) throws WireException {
        if (frame.kind() != FrameKind.READY || frame.number() != number) {
            throw new WireException(frame.kind() + " of request " + frame.number() + " came where READY of request "
                    + number + " was due");
        }
        if (frame.payload().length == 0) {
            return new Settled(Optional.empty());
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        boolean made = payload.number32() != 0;
        payload.end();
        return new Settled(Optional.of(made));
    }
}
