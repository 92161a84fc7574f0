package org.octaveserver.ops.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.security.SecureRandom;

/** Makes names of jobs: sorted by time, and not to be guessed from one another. Thread-safe. */
public final class JobIds {
    private final TimeBasedEpochRandomGenerator generator =
            Generators.timeBasedEpochRandomGenerator(new SecureRandom());

    /** One that no other job has, on whatever node. */
    public JobId next() {
        return new JobId(generator.generate());
    }
}
