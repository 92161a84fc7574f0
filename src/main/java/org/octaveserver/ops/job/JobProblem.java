package org.octaveserver.ops.job;

import java.util.Arrays;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Why a job did not return.
 *
 * @param code name of an {@link ErrorCode}; of a function that threw, Octave's identifier, perhaps empty
 * @param message what was wrong
 */
public record JobProblem(String code, String message) {
    /** It is part of each list and of each callback; a function may throw more, and its result has all of it. */
    private static final int LONGEST = 4000;

    public JobProblem {
        message = message.length() > LONGEST ? message.substring(0, LONGEST) + " [...]" : message;
    }

    /** The same of a failure. */
    public static JobProblem of(OpsException failure) {
        return new JobProblem(failure.code().name(), failure.getMessage());
    }

    /** As the failure that it was; a code that this version does not know counts as a fault of the server. */
    public OpsException toException() {
        ErrorCode known = Arrays.stream(ErrorCode.values())
                .filter(one -> one.name().equals(code))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
        return new OpsException(known, message);
    }
}
