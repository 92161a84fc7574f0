package org.octaveserver.ops.call;

import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/**
 * What one caller wants otherwise than the bundle says.
 *
 * @param isolation what the call may find of the calls before it
 * @param figures in what form it wants the figures that the call leaves open
 * @param urgency from 0, the most urgent, to 7 (RFC 9218)
 */
public record CallOptions(Optional<Isolation> isolation, Optional<FigureFormat> figures, OptionalInt urgency) {
    /** Of a caller that wants what the bundle says. */
    public static final CallOptions NONE = new CallOptions(Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** What holds: a bundle that asks for fresh processes relies on them, and a caller may only ask for more. */
    Isolation isolation(Serving serving) {
        boolean fresh = isolation.equals(Optional.of(Isolation.FRESH))
                || serving.isolation().equals(Optional.of(Isolation.FRESH));
        return fresh ? Isolation.FRESH : Isolation.WARM;
    }

    /** In what form figures are answered. */
    FigureFormat figures(Serving serving) {
        return figures.or(serving::figures).orElse(FigureFormat.NONE);
    }
}
