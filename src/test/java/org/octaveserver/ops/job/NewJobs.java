package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.StoredValues;

/** Jobs that tests submit to a store. */
final class NewJobs {
    static final JobStore.QueueLimits UNLIMITED =
            new JobStore.QueueLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    static final Viewer OPERATOR = new Viewer(Optional.empty(), true);
    static final JobRules ONCE = new JobRules(false, Duration.ofHours(1), Duration.ZERO, 3);
    static final JobRules AGAIN = new JobRules(true, Duration.ofHours(1), Duration.ZERO, 3);

    private static final JobIds IDS = new JobIds();

    private NewJobs() {}

    static NewJob job(PayloadFiles files, String bundle, JobRules rules) {
        return job(files, bundle, rules, "argument");
    }

    /** One whose argument is a file. */
    static NewJob large(PayloadFiles files, String bundle) {
        return job(files, bundle, ONCE, "x".repeat(100_000));
    }

    private static NewJob job(PayloadFiles files, String bundle, JobRules rules, String argument) {
        List<OctaveValue> arguments = List.of(CharArray.row(argument));
        return new NewJob(
                IDS.next(),
                new JobTarget(bundle, "1.0", bundle + "@1.0-abc", 1, "f", 1),
                new JobOwner(Optional.empty(), "127.0.0.1", ""),
                new JobOrder(CallOptions.NONE, rules, List.of(), ""),
                files.keep(out -> StoredValues.write(arguments, out), StoredValues.size(arguments)),
                Optional.empty());
    }
}
