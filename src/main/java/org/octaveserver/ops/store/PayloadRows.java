package org.octaveserver.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.Payload;

/** The table of payloads. For one thread, as its handle is. */
final class PayloadRows {
    private static final int MOST_AT_ONCE = 500;
    private static final String PUT = """
            insert into payload (job, kind, inline, file, size, sha256)
            values (:job, :kind, :inline, :file, :size, :sha256)
            on conflict (job, kind) do update set inline = excluded.inline, file = excluded.file, size = excluded.size,
                sha256 = excluded.sha256
            """;

    private final Handle handle;

    PayloadRows(Handle handle) {
        this.handle = handle;
    }

    void put(JobId job, Payload.Kind kind, Payload payload) {
        handle.createUpdate(PUT)
                .bind("job", job.value())
                .bind("kind", kind.name())
                .bind("inline", payload.inline().orElse(null))
                .bind("file", payload.file().orElse(null))
                .bind("size", payload.size())
                .bind("sha256", payload.sha256())
                .execute();
    }

    Optional<Payload> find(JobId job, Payload.Kind kind) {
        return handle.createQuery("select inline, file, size, sha256 from payload where job = :job and kind = :kind")
                .bind("job", job.value())
                .bind("kind", kind.name())
                .map(PayloadRows::payload)
                .findOne();
    }

    private static Payload payload(ResultSet row, StatementContext context) throws SQLException {
        return new Payload(
                Optional.ofNullable(row.getBytes("inline")),
                Optional.ofNullable(row.getString("file")),
                row.getLong("size"),
                row.getString("sha256"));
    }

    /**
     * What a job's payloads take, in bytes.
     *
     * @param arguments as the part of it that was there before it ran
     */
    record Sizes(long all, long arguments) {}

    /** What a job's payloads take. */
    Sizes sizes(JobId job) {
        return handle.createQuery("select cast(coalesce(sum(size), 0) as bigint) as total,"
                        + " cast(coalesce(sum(case when kind = 'ARGUMENTS' then size end), 0) as bigint) as arguments"
                        + " from payload where job = :job")
                .bind("job", job.value())
                .map((row, context) -> new Sizes(row.getLong("total"), row.getLong("arguments")))
                .one();
    }

    /** Removes a job's payloads; answers the files that nothing refers to now. */
    List<String> remove(JobId job) {
        List<String> files = handle.createQuery("select file from payload where job = :job and file is not null")
                .bind("job", job.value())
                .mapTo(String.class)
                .list();
        handle.createUpdate("delete from payload where job = :job")
                .bind("job", job.value())
                .execute();
        Set<String> still = files.isEmpty() ? Set.of() : referred(files);
        return files.stream().filter(file -> !still.contains(file)).distinct().toList();
    }

    /** Those of the files that something refers to. */
    Set<String> referred(Collection<String> files) {
        List<String> all = new ArrayList<>(files);
        Set<String> found = new HashSet<>();
        for (int begin = 0; begin < all.size(); begin += MOST_AT_ONCE) {
            found.addAll(handle.createQuery("select distinct file from payload where file in (<files>)")
                    .bindList("files", all.subList(begin, Math.min(all.size(), begin + MOST_AT_ONCE)))
                    .mapTo(String.class)
                    .list());
        }
        return found;
    }
}
