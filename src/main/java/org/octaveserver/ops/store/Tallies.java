package org.octaveserver.ops.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What is counted as it changes, so that nobody counts rows: what waits, and what finished jobs take. */
final class Tallies {
    private static final String NOT_EMPTY = " and bundle not in (<bundles>)";

    private final Work work;
    private final Handle handle;

    Tallies(Work work) {
        this.work = work;
        this.handle = work.handle();
    }

    /** How many jobs of a party wait. */
    long queued(String party) {
        return handle.createQuery("select queued from party where name = :party")
                .bind("party", party)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** One more or one less waits. */
    void queued(String party, String bundle, int more) {
        work.head(work.head().queued(more));
        add(party, more, 0);
        handle.createUpdate("""
                insert into waiting (party, bundle, jobs) values (:party, :bundle, :more)
                on conflict (party, bundle) do update set jobs = waiting.jobs + excluded.jobs
                """)
                .bind("party", party)
                .bind("bundle", bundle)
                .bind("more", more)
                .execute();
        if (more < 0) {
            handle.createUpdate("delete from waiting where party = :party and bundle = :bundle and jobs <= 0")
                    .bind("party", party)
                    .bind("bundle", bundle)
                    .execute();
        }
    }

    /** Finished jobs take more or less. */
    void bytes(String party, long more) {
        if (more != 0) {
            add(party, 0, more);
        }
        if (more <= 0) {
            handle.createUpdate("delete from party where name = :party and queued <= 0 and bytes <= 0")
                    .bind("party", party)
                    .execute();
        }
    }

    private void add(String party, int queued, long bytes) {
        handle.createUpdate("""
                insert into party (name, queued, bytes) values (:party, :queued, :bytes)
                on conflict (name) do update set queued = party.queued + excluded.queued,
                    bytes = party.bytes + excluded.bytes
                """)
                .bind("party", party)
                .bind("queued", queued)
                .bind("bytes", bytes)
                .execute();
    }

    /** The next parties in turn that have a job waiting of another bundle than these. */
    List<String> parties(String after, int most, Set<String> notBundles) {
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
        return handle.createQuery("select name from party where bytes > :bytes order by bytes desc limit 1")
                .bind("bytes", bytes)
                .mapTo(String.class)
                .findOne();
    }

    long bytes(String party) {
        return handle.createQuery("select bytes from party where name = :party")
                .bind("party", party)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
