package org.octaveserver.ops.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;

/** Makes names of jobs, sorted by time, also those of one millisecond that come from one node. Thread-safe. */
public final class JobIds {
    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator(new SecureRandom());

    /** One that no other job has, on whatever node. */
    public JobId next() {
        return new JobId(generator.generate());
    }
}
