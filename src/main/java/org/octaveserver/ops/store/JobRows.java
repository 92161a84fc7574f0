package org.octaveserver.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobOrder;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStatus;
import org.octaveserver.ops.job.JobTimes;
import org.octaveserver.ops.job.Progress;

/** The table of jobs. For one thread, as its handle is. */
final class JobRows {
    /** Who has submitted nothing else than others that say nothing of themselves. */
    private static final String ANONYMOUS = "";

    private static final int NORMAL_URGENCY = 3;
    private static final int MOST_AT_ONCE = 500;

    private static final String SELECT = """
            select j.id, j.state, j.sequence, j.attempt, j.fixed, j.status,
                j.accepted, j.claimed, j.begun, j.ended, j.deleted, l.report
            from job j left join lease l on l.job = j.id
            """;

    private static final String INSERT = """
            insert into job (id, state, sequence, party, owner, client, bundle, version, version_id, release, urgency,
                fixed, attempt, status, accepted, settled, gone)
            values (:id, :state, :sequence, :party, :owner, :client, :bundle, :version, :versionId, :release, :urgency,
                :fixed, :attempt, :status, :accepted, :settled, :gone)
            """;

    private static final String UPDATE = """
            update job set state = :state, sequence = :sequence, attempt = :attempt, status = :status,
                claimed = :claimed, begun = :begun, ended = :ended, deleted = :deleted, settled = :settled,
                gone = :gone
            where id = :id
            """;

    private final Handle handle;
    private final Damages damages;

    /** Of a transaction, which ends or removes what cannot be read, or need not tell of it. */
    JobRows(Handle handle) {
        this(handle, new Damages());
    }

    /** Of readers, who meet what cannot be read again and again. */
    JobRows(Handle handle, Damages damages) {
        this.handle = handle;
        this.damages = damages;
    }

    /** The key of whose a job is. */
    static String owner(Optional<String> principal) {
        return principal.map(name -> Keys.of("=" + name)).orElse(ANONYMOUS);
    }

    /** Whose a job is, by that key; of a name that is long or strange there is the key only. */
    static Optional<String> principal(String owner) {
        return Optional.of(owner)
                .filter(key -> !key.equals(ANONYMOUS))
                .map(key -> key.startsWith("=") ? key.substring(1) : key);
    }

    /** A job; of one that cannot be read, {@link Remains}. */
    Optional<Job> find(JobId id) {
        return look(id).flatMap(this::told);
    }

    /** As {@link #find(JobId)}, with what cannot be read. */
    Optional<Found> look(JobId id) {
        return handle.createQuery(SELECT + " where j.id = :id")
                .bind("id", id.value())
                .map(JobRows::found)
                .findOne();
    }

    /** What is told of a row. */
    Optional<Job> told(Found found) {
        return found.job().or(() -> {
            damages.note(found.id(), found.damage());
            return new Remains(handle).find(found.id());
        });
    }

    /** Whether a job has ended as its node said. */
    boolean isReported(JobId id) {
        return handle.createQuery("select status from job where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .filter(json -> Documents.read(json, Documents.Status.class).reported())
                .isPresent();
    }

    /**
     * A row.
     *
     * @param job absent when the row cannot be read
     * @param damage why not
     */
    record Found(JobId id, Optional<Job> job, String damage) {}

    /** Those that there are of some, in no order; of those that cannot be read, {@link Remains}. */
    List<Job> find(Collection<JobId> ids) {
        return look(ids).stream().flatMap(found -> told(found).stream()).toList();
    }

    /** As {@link #find(Collection)}, with those that cannot be read. */
    List<Found> look(Collection<JobId> ids) {
        List<JobId> all = List.copyOf(ids);
        List<Found> found = new ArrayList<>();
        for (int begin = 0; begin < all.size(); begin += MOST_AT_ONCE) {
            List<UUID> some = all.subList(begin, Math.min(all.size(), begin + MOST_AT_ONCE)).stream()
                    .map(JobId::value)
                    .toList();
            found.addAll(handle.createQuery(SELECT + " where j.id in (<ids>)")
                    .bindList("ids", some)
                    .map(JobRows::found)
                    .list());
        }
        return found;
    }

    /** All that a condition finds, with what it is bound to; of those that cannot be read, {@link Remains}. */
    List<Job> where(String condition, UnaryOperator<Query> bound) {
        return lookWhere(condition, bound).stream()
                .flatMap(found -> told(found).stream())
                .toList();
    }

    /** As {@link #where}, with those that cannot be read. */
    List<Found> lookWhere(String condition, UnaryOperator<Query> bound) {
        return bound.apply(handle.createQuery(SELECT + " where " + condition))
                .map(JobRows::found)
                .list();
    }

    void insert(Job job, long now) {
        JobOwner owner = job.owner();
        bind(handle.createUpdate(INSERT), job, now, false)
                .bind("party", Keys.of(owner.party()))
                .bind("owner", owner(owner.principal()))
                .bind("client", Keys.of(owner.client()))
                .bind("bundle", Keys.of(job.target().bundle()))
                .bind("version", Keys.of(job.target().version()))
                .bind("versionId", Documents.write(job.target().versionId()))
                .bind("release", job.target().release())
                .bind("urgency", job.order().options().urgency().orElse(NORMAL_URGENCY))
                .bind("fixed", Documents.write(Documents.Fixed.of(job.target(), job.owner(), job.order())))
                .bind("accepted", job.times().accepted().toEpochMilli())
                .execute();
    }

    /**
     * Whom to tell, where the URIs may hold secrets, and the address of the client are needed no more. The rest stays: lists
     * find it, and tell whose it is, until it is forgotten.
     */
    void strip(Job job) {
        JobOwner owner = new JobOwner(job.owner().principal(), "", job.owner().client());
        JobOrder order = new JobOrder(
                job.order().options(),
                job.order().rules(),
                List.of(),
                job.order().face());
        handle.createUpdate("update job set fixed = :fixed, party = '' where id = :id")
                .bind("fixed", Documents.write(Documents.Fixed.of(job.target(), owner, order)))
                .bind("id", job.id().value())
                .execute();
    }

    /** @param reported whether the job has ended as its node said */
    void update(Job job, long now, boolean reported) {
        JobTimes times = job.times();
        bind(handle.createUpdate(UPDATE), job, now, reported)
                .bind("claimed", millis(times.claimed()))
                .bind("begun", millis(times.begun()))
                .bind("ended", millis(times.ended()))
                .bind("deleted", millis(times.deleted()))
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Job job, long now, boolean reported) {
        JobStatus status = job.status();
        Documents.Status document = new Documents.Status(
                status.node(),
                status.tries().begins(),
                status.progress(),
                status.problem().orElse(null),
                reported);
        return statement
                .bind("id", job.id().value())
                .bind("state", job.state().name())
                .bind("sequence", status.sequence())
                .bind("attempt", status.attempt())
                .bind("status", Documents.write(document))
                .bind("settled", Optional.of(now).filter(any -> job.state().isFinished()))
                .bind("gone", Optional.of(now).filter(any -> job.state() == JobState.DELETED));
    }

    private static Optional<Long> millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli);
    }

    private static Found found(ResultSet row, StatementContext context) throws SQLException {
        JobId id = id(row, "id");
        try {
            return new Found(id, Optional.of(read(row)), "");
        } catch (OpsException | IllegalArgumentException | NullPointerException e) {
            return new Found(id, Optional.empty(), String.valueOf(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static Job read(ResultSet row) throws SQLException {
        Documents.Fixed fixed = Documents.fixed(row.getString("fixed"));
        Documents.Status status = Documents.read(row.getString("status"), Documents.Status.class);
        @Nullable String report = row.getString("report");
        Progress progress = report == null
                ? status.progress()
                : Documents.read(report, Documents.Said.class).progress();
        return new Job(
                id(row, "id"),
                fixed.target(),
                fixed.owner(),
                fixed.order(),
                new JobStatus(
                        JobState.valueOf(row.getString("state")),
                        row.getLong("sequence"),
                        new JobStatus.Tries(row.getInt("attempt"), status.begins()),
                        status.node(),
                        progress,
                        Optional.ofNullable(status.problem())),
                times(row));
    }

    static JobTimes times(ResultSet row) throws SQLException {
        return new JobTimes(
                Instant.ofEpochMilli(row.getLong("accepted")),
                time(row, "claimed"),
                time(row, "begun"),
                time(row, "ended"),
                time(row, "deleted"));
    }

    static JobId id(ResultSet row, String column) throws SQLException {
        return new JobId(UUID.fromString(row.getString(column)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
