package org.octaveserver.ops.store;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ChangeQuery;
import org.octaveserver.ops.job.Viewer;

/**
 * Lists of jobs. Each state is looked up by itself, in an index that ends with the id, and the newest of all are taken: so no
 * filter leads through jobs that finished long ago.
 */
final class JobLists {
    private static final String AT = "@";

    private final JobRows jobs;
    private final Handle handle;

    JobLists(Handle handle, Damages damages) {
        this.handle = handle;
        this.jobs = new JobRows(handle, damages);
    }

    /** One page, newest first. */
    List<Job> list(JobQuery wanted) {
        if (hidden(wanted)) {
            return List.of();
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        String conditions = conditions(wanted, bound);
        Set<JobState> states = wanted.states().isEmpty()
                ? EnumSet.complementOf(EnumSet.of(JobState.DELETED))
                : EnumSet.copyOf(wanted.states());
        String each = states.stream()
                .map(state -> "select id from (select id from job where state = '" + state + "'" + conditions
                        + " order by id desc limit :size) as " + state)
                .collect(Collectors.joining(" union all "));
        Query query = handle.createQuery("select id from (" + each + ") as matching order by id desc limit :size");
        bound.forEach(query::bind);
        List<JobId> ids = query.bind("size", wanted.page().size())
                .map((row, context) -> JobRows.id(row, "id"))
                .list();
        Map<JobId, Job> found = jobs.find(ids).stream().collect(Collectors.toMap(Job::id, job -> job));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .toList();
    }

    private static boolean hidden(JobQuery wanted) {
        Viewer viewer = wanted.viewer();
        return !viewer.operator()
                && wanted.principal().isPresent()
                && !wanted.principal().equals(viewer.principal());
    }

    private static String conditions(JobQuery wanted, Map<String, Object> bound) {
        StringBuilder conditions = new StringBuilder();
        Viewer viewer = wanted.viewer();
        if (!viewer.operator() || wanted.principal().isPresent()) {
            Optional<String> owner = viewer.operator() ? wanted.principal() : viewer.principal();
            conditions.append(" and owner = :owner");
            bound.put("owner", JobRows.owner(owner));
        }
        wanted.bundle().ifPresent(reference -> {
            int at = reference.indexOf(AT);
            conditions.append(" and bundle = :bundle");
            bound.put("bundle", Keys.of(at < 0 ? reference : reference.substring(0, at)));
            if (at >= 0) {
                conditions.append(" and version = :version");
                bound.put("version", Keys.of(reference.substring(at + 1)));
            }
        });
        wanted.accepted().from().ifPresent(from -> {
            conditions.append(" and accepted >= :from");
            bound.put("from", from.toEpochMilli());
        });
        wanted.accepted().until().ifPresent(until -> {
            conditions.append(" and accepted < :until");
            bound.put("until", until.toEpochMilli());
        });
        wanted.page().after().ifPresent(after -> {
            conditions.append(" and id < :after");
            bound.put("after", after.value());
        });
        return conditions.toString();
    }

    /** The first of those that have changed, by their change. */
    List<Job> changed(ChangeQuery wanted) {
        List<Job> found = wanted.ids().isEmpty() ? ofClients(wanted) : jobs.find(wanted.ids());
        return found.stream()
                .filter(job -> job.status().sequence() >= wanted.since()
                        && job.state() != JobState.DELETED
                        && wanted.viewer().sees(job.owner()))
                .sorted(Comparator.comparingLong(job -> job.status().sequence()))
                .limit(wanted.most())
                .toList();
    }

    /** In one statement: between two, a job could move behind others that nobody would hear of. */
    private List<Job> ofClients(ChangeQuery wanted) {
        Viewer viewer = wanted.viewer();
        String condition = "j.id in (select id from job where client in (<clients>) and sequence >= :since"
                + " and state <> 'DELETED'" + owner(viewer) + " order by sequence limit :most)";
        return jobs.where(
                condition,
                query -> (viewer.operator() ? query : query.bind("owner", JobRows.owner(viewer.principal())))
                        .bindList(
                                "clients",
                                wanted.clients().stream().map(Keys::of).toList())
                        .bind("since", wanted.since())
                        .bind("most", wanted.most()));
    }

    private static String owner(Viewer viewer) {
        return viewer.operator() ? "" : " and owner = :owner";
    }
}
