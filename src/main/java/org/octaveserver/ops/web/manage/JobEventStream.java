package org.octaveserver.ops.web.manage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.web.edge.EventStream;

/** Tells one client what happens to a job, until it has finished. Thread-safe. */
final class JobEventStream implements EventStream.Listener {
    private static final Logger LOG = LogManager.getLogger(JobEventStream.class);
    private static final byte[] COMMENT = ": still there\n\n".getBytes(StandardCharsets.US_ASCII);
    /** Watches end with their streams; this is a moment that never comes. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final JobWatches watches;
    private final JobChanges changes;
    private final JobId id;
    private final Viewer viewer;
    private volatile @Nullable EventStream stream;
    private volatile @Nullable JobWatch watch;
    private volatile boolean closed;
    /** Of whoever looks. */
    private Deadline nextComment;

    private JobEventStream(JobWatches watches, JobChanges changes, JobId id, Viewer viewer) {
        this.watches = watches;
        this.changes = changes;
        this.id = id;
        this.viewer = viewer;
        this.nextComment = Deadline.after(watches.heartbeat());
    }

    /** @throws OpsException TOO_MANY_WATCHES */
    static void begin(
            JobWatches watches,
            JobChanges changes,
            JobId id,
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobWatches.Place place = watches.place();
        JobEventStream events = new JobEventStream(watches, changes, id, viewer);
        try {
            events.stream = EventStream.open(request, response, events);
        } catch (IOException | RuntimeException e) {
            place.giveBack();
            throw e;
        }
        events.watch = watches.begin(id, place, Deadline.after(NEVER), events::look);
        if (events.closed) {
            events.closed();
        }
    }

    @Override
    public void ready() {
        JobWatch current = watch;
        if (current != null) {
            current.wake();
        }
    }

    @Override
    public void closed() {
        closed = true;
        JobWatch current = watch;
        if (current != null) {
            current.close();
        }
    }

    private void look(JobWatch looking) {
        EventStream open = stream;
        if (open == null) {
            return;
        }
        if (open.stuck().compareTo(watches.mostStuck()) > 0) {
            LOG.info(
                    "job={} a client of its events takes nothing for {}, and is told no more", id, watches.mostStuck());
            open.drop();
            return;
        }
        Step.take(() -> tell(open), failure -> failed(open, failure));
    }

    /** What cannot be read now is told when it can; of what is gone for good there is nothing to tell. */
    private void failed(EventStream open, Throwable failure) {
        if (OpsException.of(failure).code() != ErrorCode.JOB_STORE_UNAVAILABLE) {
            LOG.debug("job={} is told of no more", id, failure);
            open.end();
        }
    }

    private void tell(EventStream open) {
        while (open.isReady()) {
            Job job = watches.jobs().find(id, viewer);
            byte[] news = changes.next(job);
            if (news.length > 0) {
                open.send(news);
                nextComment = Deadline.after(watches.heartbeat());
            } else if (!watches.jobs().goesOn(job)) {
                open.end();
            } else {
                comment(open);
                return;
            }
        }
    }

    private void comment(EventStream open) {
        if (nextComment.passed()) {
            open.send(COMMENT);
            nextComment = Deadline.after(watches.heartbeat());
        }
    }
}
