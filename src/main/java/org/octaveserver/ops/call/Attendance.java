package org.octaveserver.ops.call;

import java.time.Duration;

/**
 * How a call is looked after whose caller does not wait for it. It waits for a worker as long as it takes.
 *
 * @param attendant who does
 * @param runLimit how long the function may run, from when it begins
 */
public record Attendance(CallAttendant attendant, Duration runLimit) {
    /** Of a call whose caller waits for it: its deadline is that of the waiting, too. */
    static final Attendance NONE = new Attendance(CallAttendant.NONE, Duration.ZERO);
}
