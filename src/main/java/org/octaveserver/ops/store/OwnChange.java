package org.octaveserver.ops.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.Touched;

/**
 * A change that would find its own work and take it for somebody else's, when it is made again because nobody can tell whether
 * it is on disk. It knows its work by the number that the job had from it. For the thread that writes.
 */
final class OwnChange implements Change<Touched> {
    private final JobState after;
    private final Function<Work, Touched> change;
    private long number;
    private @Nullable Touched made;

    /**
     * A change that has not been made.
     *
     * @param after what the job is when it has been
     */
    OwnChange(JobState after, Function<Work, Touched> change) {
        this.after = after;
        this.change = change;
    }

    @Override
    public Touched make(Work work) {
        Touched touched = change.apply(work);
        if (touched.changed()) {
            number = work.head().counter();
            made = touched;
            return touched;
        }
        @Nullable Touched before = made;
        return before != null && isOwn(touched) ? before : touched;
    }

    private boolean isOwn(Touched touched) {
        return touched.before()
                .filter(job -> job.state() == after && job.status().sequence() == number)
                .isPresent();
    }
}
