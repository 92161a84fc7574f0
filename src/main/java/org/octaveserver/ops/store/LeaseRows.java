package org.octaveserver.ops.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobStore.Report;
import org.octaveserver.ops.job.Progress;

/** The table of what nodes have: small, so that renewing touches no row and no index of a job. */
final class LeaseRows {
    private static final int MOST_AT_ONCE = 200;

    private final Handle handle;

    LeaseRows(Handle handle) {
        this.handle = handle;
    }

    /** A node has a job until a moment. */
    void add(JobLease lease, long until, Progress progress) {
        handle.createUpdate("insert into lease (job, node, attempt, until, report)"
                        + " values (:job, :node, :attempt, :until, :report)")
                .bind("job", lease.job().value())
                .bind("node", Keys.of(lease.node()))
                .bind("attempt", lease.attempt())
                .bind("until", until)
                .bind("report", Documents.write(new Documents.Said(progress, "")))
                .execute();
    }

    /** Whether the lease is still there, and was renewed. */
    boolean renew(JobLease lease, long until, Report report) {
        return handle.createUpdate("update lease set until = :until, report = :report"
                                + " where job = :job and node = :node and attempt = :attempt")
                        .bind("job", lease.job().value())
                        .bind("node", Keys.of(lease.node()))
                        .bind("attempt", lease.attempt())
                        .bind("until", until)
                        .bind("report", Documents.write(new Documents.Said(report.progress(), report.tail())))
                        .execute()
                > 0;
    }

    /** Whether the lease is still there. */
    boolean has(JobLease lease) {
        return handle.createQuery("select count(*) from lease where job = :job and node = :node and attempt = :attempt")
                        .bind("job", lease.job().value())
                        .bind("node", Keys.of(lease.node()))
                        .bind("attempt", lease.attempt())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** What was last said of how far a job is; nothing when that cannot be read. */
    Optional<Progress> progress(JobId job) {
        try {
            return said(job).map(Documents.Said::progress);
        } catch (OpsException e) {
            return Optional.empty();
        }
    }

    private Optional<Documents.Said> said(JobId job) {
        return handle.createQuery("select report from lease where job = :job")
                .bind("job", job.value())
                .mapTo(String.class)
                .findOne()
                .map(json -> Documents.read(json, Documents.Said.class));
    }

    /** None lasts longer than until then. */
    void shorten(long until) {
        handle.createUpdate("update lease set until = :until where until > :until")
                .bind("until", until)
                .execute();
    }

    void remove(JobId job) {
        handle.createUpdate("delete from lease where job = :job")
                .bind("job", job.value())
                .execute();
    }

    /** The end of what a job has printed at the last report. */
    String tail(JobId job) {
        return said(job).map(Documents.Said::tail).orElse("");
    }

    /**
     * Some that have run out. A node's own only when it has had another lease's time to renew them: what it runs it
     * would have renewed, and what is left was given up.
     */
    List<JobId> runOut(long now, String node, Duration lease) {
        return handle.createQuery("select job from lease where until < :now and (node <> :node or until < :before)"
                        + " order by until limit " + MOST_AT_ONCE)
                .bind("now", now)
                .bind("node", Keys.of(node))
                .bind("before", Spans.before(now, lease))
                .map((row, context) -> JobRows.id(row, "job"))
                .list();
    }

    /** Some that another node has. */
    List<JobId> notOf(String node) {
        return handle.createQuery("select job from lease where node <> :node limit " + MOST_AT_ONCE)
                .bind("node", Keys.of(node))
                .map((row, context) -> JobRows.id(row, "job"))
                .list();
    }
}
