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
 * What is counted as it changes, so that nobody counts rows: what waits, and what finished jobs take. Changes are collected,
 * and written together before anybody looks at the tables, or at the end of the transaction.
 */
final class Tallies {
    private static final String NOT_EMPTY = " and bundle not in (<bundles>)";

    private final Handle handle;
    private final Map<String, Long> known = new HashMap<>();
    private final Map<String, More> parties = new TreeMap<>();
    private final Map<Queue, Integer> queues = new LinkedHashMap<>();

    Tallies(Handle handle) {
        this.handle = handle;
    }

    /** What has come to a party, or gone. */
    private record More(int queued, long bytes) {
        More plus(More other) {
            return new More(queued + other.queued, bytes + other.bytes);
        }
    }

    private record Queue(String party, String bundle) {}

    /** How many jobs of a party wait. */
    long queued(String party) {
        long written = known.computeIfAbsent(
                party,
                name -> handle.createQuery("select queued from party where name = :party")
                        .bind("party", name)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
        return written + parties.getOrDefault(party, new More(0, 0)).queued();
    }

    /** One more or one less waits. */
    void queued(String party, String bundle, int more) {
        parties.merge(party, new More(more, 0), More::plus);
        queues.merge(new Queue(party, bundle), more, Integer::sum);
    }

    /** Finished jobs take more or less. */
    void bytes(String party, long more) {
        parties.merge(party, new More(0, more), More::plus);
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
                insert into party (name, queued, bytes) values (:party, :queued, :bytes)
                on conflict (name) do update set queued = party.queued + excluded.queued,
                    bytes = party.bytes + excluded.bytes
                """);
        PreparedBatch remove =
                handle.prepareBatch("delete from party where name = :party and queued <= 0 and bytes <= 0");
        parties.forEach((party, more) -> {
            add.bind("party", party)
                    .bind("queued", more.queued())
                    .bind("bytes", more.bytes())
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
        return handle.createQuery("select name from party where bytes > :bytes order by bytes desc limit 1")
                .bind("bytes", bytes)
                .mapTo(String.class)
                .findOne();
    }

    long bytes(String party) {
        flush();
        return handle.createQuery("select bytes from party where name = :party")
                .bind("party", party)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
