package org.octaveserver.ops.call;

import java.util.Optional;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/**
 * What one caller wants otherwise than the bundle says.
 *
 * @param isolation what the call may find of the calls before it
 * @param figures in what form it wants the figures that the call leaves open
 */
public record CallOptions(Optional<Isolation> isolation, Optional<FigureFormat> figures) {
    /** Of a caller that wants what the bundle says. */
    public static final CallOptions NONE = new CallOptions(Optional.empty(), Optional.empty());
}
