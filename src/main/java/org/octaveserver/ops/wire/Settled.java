package org.octaveserver.ops.wire;

import java.util.Optional;

/**
 * What a worker says when it has undone what a call left behind: READY after an answer.
 *
 * @param processes whether it has made processes since the last one; absent where it cannot tell
 * @param undone whether there was something to undo, while which user code may have printed
 */
public record Settled(Optional<Boolean> processes, boolean undone) {
    private static final int PROCESSES = 1;
    private static final int UNDONE = 2;

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
            return new Settled(Optional.empty(), true);
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        int flags = payload.number32();
        payload.end();
        return new Settled(Optional.of((flags & PROCESSES) != 0), (flags & UNDONE) != 0);
    }
}
