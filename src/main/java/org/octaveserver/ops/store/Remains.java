package org.octaveserver.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobOrder;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStatus;
import org.octaveserver.ops.job.JobTarget;
import org.octaveserver.ops.job.Progress;

/**
 * What the columns tell of a job whose documents cannot be read: whose it is, which bundle it calls, how far it is. The rest is
 * neutral. So its owner finds it in lists, and can cancel or delete it. For one thread, as its handle is.
 */
final class Remains {
    static final JobProblem DAMAGED = new JobProblem(
            ErrorCode.JOB_DAMAGED.name(),
            "the job cannot be read from the database of jobs: something else than OPS has changed it");

    private static final String SELECT = """
            select id, state, sequence, attempt, party, owner, client, bundle, version, version_id, release, fixed,
                accepted, claimed, begun, ended, deleted
            from job where id = :id
            """;

    private static final JobRules NEVER_AGAIN = new JobRules(false, Duration.ZERO, Duration.ZERO, 1);

    private final Handle handle;

    Remains(Handle handle) {
        this.handle = handle;
    }

    /** The job, if there is one; with {@link #DAMAGED} as its problem, and ended if its state is none. */
    Optional<Job> find(JobId id) {
        return handle.createQuery(SELECT)
                .bind("id", id.value())
                .map(Remains::job)
                .findOne();
    }

    /** The document of what never changes: as it is, if it can be read, else made of the columns. */
    Optional<String> fixed(JobId id) {
        return handle.createQuery(SELECT)
                .bind("id", id.value())
                .map((row, context) -> Documents.write(fixed(row)))
                .findOne();
    }

    private static Job job(ResultSet row, StatementContext context) throws SQLException {
        Documents.Fixed fixed = fixed(row);
        return new Job(
                JobRows.id(row, "id"),
                fixed.target(),
                fixed.owner(),
                fixed.order(),
                new JobStatus(
                        state(row.getString("state")),
                        row.getLong("sequence"),
                        new JobStatus.Tries(row.getInt("attempt"), 0),
                        "",
                        Progress.NONE,
                        Optional.of(DAMAGED)),
                JobRows.times(row));
    }

    private static JobState state(String name) {
        try {
            return JobState.valueOf(name);
        } catch (IllegalArgumentException e) {
            return JobState.ERROR;
        }
    }

    private static Documents.Fixed fixed(ResultSet row) throws SQLException {
        try {
            return Documents.fixed(row.getString("fixed"));
        } catch (OpsException e) {
            return Documents.Fixed.of(target(row), owner(row), order());
        }
    }

    private static JobOrder order() {
        return new JobOrder(CallOptions.NONE, NEVER_AGAIN, List.of(), "");
    }

    private static JobTarget target(ResultSet row) throws SQLException {
        return new JobTarget(
                row.getString("bundle"),
                row.getString("version"),
                text(row.getString("version_id")),
                row.getLong("release"),
                "",
                0);
    }

    private static String text(String json) {
        try {
            return Documents.read(json, String.class);
        } catch (OpsException e) {
            return "";
        }
    }

    private static JobOwner owner(ResultSet row) throws SQLException {
        return new JobOwner(JobRows.principal(row.getString("owner")), row.getString("party"), row.getString("client"));
    }
}
