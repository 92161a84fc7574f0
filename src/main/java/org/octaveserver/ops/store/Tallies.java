package org.octaveserver.ops.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * What is counted as it changes, so that nobody counts rows: what waits, and what open and finished jobs take. Changes are
 * collected, and written together before anybody looks at the tables, or at the end of the transaction.
 */
final class Tallies {
    private static final String NOT_EMPTY = " and bundle not in (<bundles>)";

    private final Handle handle;
    private final Map<String, Counts> known = new HashMap<>();
    private final Map<String, Counts> parties = new TreeMap<>();
    private final Map<Queue, Integer> queues = new LinkedHashMap<>();

    Tallies(Handle handle) {
        this.handle = handle;
    }

    /**
     * What a party has, or what has come to it and gone.
     *
     * @param queued jobs that wait
     * @param open bytes of the arguments of jobs that have not finished
     * @param finished bytes of all that is kept of those that have
     */
    record Counts(long queued, long open, long finished) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(queued + other.queued, open + other.open, finished + other.finished);
        }
    }

    private record Queue(String party, String bundle) {}

    /** What a party has now. */
    Counts of(String party) {
        return known.computeIfAbsent(party, this::written).plus(parties.getOrDefault(party, Counts.NONE));
    }

    private Counts written(String party) {
        return handle.createQuery("select queued, open_bytes, finished_bytes from party where name = :party")
                .bind("party", party)
                .map((row, context) ->
                        new Counts(row.getLong("queued"), row.getLong("open_bytes"), row.getLong("finished_bytes")))
                .findOne()
                .orElse(Counts.NONE);
    }

    /** One more or one less waits. */
    void queued(String party, String bundle, int more) {
        add(party, new Counts(more, 0, 0));
        queues.merge(new Queue(party, bundle), more, Integer::sum);
    }

    /** What open jobs were given takes more or less. */
    void open(String party, long bytes) {
        add(party, new Counts(0, bytes, 0));
    }

    /** What is kept of finished jobs takes more or less. */
    void finished(String party, long bytes) {
        add(party, new Counts(0, 0, bytes));
    }

    private void add(String party, Counts more) {
        parties.merge(party, more, Counts::plus);
    }

    /** Writes what was collected. */
    void flush() {
        if (!parties.isEmpty()) {
            writeParties();
        }
        if (!queues.isEmpty()) {
            writeQueues();
        }
        known.clear();
        parties.clear();
        queues.clear();
    }

    private void writeParties() {
        PreparedBatch add = handle.prepareBatch("""
                insert into party (name, queued, open_bytes, finished_bytes) values (:party, :queued, :open, :finished)
                on conflict (name) do update set queued = party.queued + excluded.queued,
                    open_bytes = party.open_bytes + excluded.open_bytes,
                    finished_bytes = party.finished_bytes + excluded.finished_bytes
                """);
        PreparedBatch remove = handle.prepareBatch(
                "delete from party where name = :party and queued <= 0 and open_bytes <= 0 and finished_bytes <= 0");
        parties.forEach((party, more) -> {
            add.bind("party", party)
                    .bind("queued", more.queued())
                    .bind("open", more.open())
                    .bind("finished", more.finished())
                    .add();
            remove.bind("party", party).add();
        });
        add.execute();
        remove.execute();
    }

    private void writeQueues() {
        PreparedBatch add = handle.prepareBatch("""
                insert into waiting (party, bundle, jobs) values (:party, :bundle, :more)
                on conflict (party, bundle) do update set jobs = waiting.jobs + excluded.jobs
                """);
        PreparedBatch remove =
                handle.prepareBatch("delete from waiting where party = :party and bundle = :bundle and jobs <= 0");
        queues.forEach((queue, more) -> {
            add.bind("party", queue.party())
                    .bind("bundle", queue.bundle())
                    .bind("more", more)
                    .add();
            remove.bind("party", queue.party()).bind("bundle", queue.bundle()).add();
        });
        add.execute();
        remove.execute();
    }

    /** The next parties in turn that have a job waiting of another bundle than these. */
    List<String> parties(String after, int most, Set<String> notBundles) {
        flush();
        List<String> next = parties("party > :after", after, most, notBundles);
        if (next.size() == most) {
            return next;
        }
        List<String> all = new ArrayList<>(next);
        all.addAll(parties("party <= :after", after, most - next.size(), notBundles));
        return all;
    }

    private List<String> parties(String condition, String after, int most, Set<String> notBundles) {
        Query query = handle.createQuery("select distinct party from waiting where " + condition
                + (notBundles.isEmpty() ? "" : NOT_EMPTY) + " order by party limit :most");
        if (!notBundles.isEmpty()) {
            query.bindList("bundles", List.copyOf(notBundles));
        }
        return query.bind("after", after).bind("most", most).mapTo(String.class).list();
    }

    /** The bundles that a party's jobs wait for, without these. */
    List<String> bundles(String party, Set<String> notBundles) {
        flush();
        return handle
                .createQuery("select bundle from waiting where party = :party")
                .bind("party", party)
                .mapTo(String.class)
                .stream()
                .filter(bundle -> !notBundles.contains(bundle))
                .toList();
    }

    /** A party whose finished jobs take more than that, if there is one. */
    Optional<String> above(long bytes) {
        flush();
        return handle.createQuery(
                        "select name from party where finished_bytes > :bytes order by finished_bytes desc limit 1")
                .bind("bytes", bytes)
                .mapTo(String.class)
                .findOne();
    }
}
