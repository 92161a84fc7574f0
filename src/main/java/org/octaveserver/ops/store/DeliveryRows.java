package org.octaveserver.ops.store;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.callback.CallbackMessage;

/** The table of what is to be told. */
final class DeliveryRows {
    private static final Logger LOG = LogManager.getLogger(DeliveryRows.class);

    private final Work work;
    private final Handle handle;

    DeliveryRows(Work work) {
        this.work = work;
        this.handle = work.handle();
    }

    /** Whoever wants to be told of this event of a job is to be told. */
    void add(Job job, Callback.Event event) {
        for (Callback callback : job.order().callbacks()) {
            if (callback.event() == event) {
                insert(job, callback);
            }
        }
    }

    private void insert(Job job, Callback callback) {
        handle.createUpdate("""
                insert into delivery (job, event, uri, host, tries, since, due, body)
                values (:job, :event, :uri, :host, 0, :since, :due, :body)
                """)
                .bind("job", job.id().value())
                .bind("event", callback.event().name())
                .bind("uri", uri(callback))
                .bind("host", host(callback))
                .bind("since", work.instant().toEpochMilli())
                .bind("due", work.now())
                .bind("body", body(job, callback))
                .execute();
    }

    private static String host(Callback callback) {
        return Keys.of(String.valueOf(callback.uri().getHost()).toLowerCase(Locale.ROOT));
    }

    private String body(Job job, Callback callback) {
        return CallbackMessage.of(callback.event(), work.instant(), job);
    }

    private static String uri(Callback callback) {
        return Documents.write(callback.uri().toString());
    }

    /**
     * Whoever wants to be told how far a job is, is to be told: where this was tried before, no sooner than it would be
     * without the news.
     */
    void addProgress(Job job) {
        for (Callback callback : job.order().callbacks()) {
            if (callback.event() == Callback.Event.PROGRESS && !isRenewed(job, callback)) {
                insert(job, callback);
            }
        }
    }

    /** What stands there may be on its way already: it stays, and is replaced when it is taken the next time. */
    private boolean isRenewed(Job job, Callback callback) {
        return handle.createUpdate("""
                        update delivery set since = :since, newer = :newer
                        where job = :job and event = 'PROGRESS' and uri = :uri
                        """)
                        .bind("since", work.instant().toEpochMilli())
                        .bind("newer", body(job, callback))
                        .bind("job", job.id().value())
                        .bind("uri", uri(callback))
                        .execute()
                > 0;
    }

    /** Nobody is told any more how far a job is. */
    void dropProgress(Job job) {
        if (wants(job, Callback.Event.PROGRESS)) {
            handle.createUpdate("delete from delivery where job = :job and event = 'PROGRESS'")
                    .bind("job", job.id().value())
                    .execute();
        }
    }

    static boolean wants(Job job, Callback.Event event) {
        return job.order().callbacks().stream().anyMatch(callback -> callback.event() == event);
    }

    /**
     * Some of each host, so that what one receiver does not take is in nobody's way; what some hosts leave of their share
     * is the others', at last that of the one that has waited longest. One that cannot be read is dropped.
     */
    List<Delivery> due(int most, Duration lease) {
        List<Delivery> due = new ArrayList<>();
        List<String> hosts = hosts(most);
        for (int left = hosts.size(); left > 0; left--) {
            List<Found> found = due(hosts.get(left - 1), (most - due.size()) / left);
            found.stream().filter(one -> one.delivery().isEmpty()).forEach(one -> drop(one.number()));
            found.forEach(one -> newest(one).ifPresent(due::add));
        }
        putOff(due, lease);
        return due;
    }

    /** Hosts to which something is due, by what is due first; each is found in the index, past all that is due to it. */
    private List<String> hosts(int most) {
        return handle.createQuery("""
                with recursive every (host) as (
                    select min(host) from delivery
                    union all
                    select (select min(d.host) from delivery d where d.host > e.host) from every e
                    where e.host is not null
                )
                select host from (
                    select e.host, (select min(d.due) from delivery d where d.host = e.host) as earliest from every e
                    where e.host is not null
                ) as known
                where earliest <= :now order by earliest limit :most
                """)
                .bind("now", work.now())
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    private List<Found> due(String host, int most) {
        return handle.createQuery("""
                select number, job, uri, tries, since, body, newer from delivery
                where host = :host and due <= :now order by due, number limit :most
                """)
                .bind("host", host)
                .bind("now", work.now())
                .bind("most", most)
                .map(DeliveryRows::found)
                .list();
    }

    /**
     * A row.
     *
     * @param delivery absent when the row cannot be read
     * @param newer what is to be told in its place
     */
    private record Found(long number, Optional<Delivery> delivery, Optional<String> newer) {}

    private static Found found(ResultSet row, StatementContext context) throws SQLException {
        long number = row.getLong("number");
        try {
            return new Found(
                    number,
                    Optional.of(new Delivery(
                            number,
                            JobRows.id(row, "job"),
                            URI.create(Documents.read(row.getString("uri"), String.class)),
                            row.getInt("tries"),
                            Instant.ofEpochMilli(row.getLong("since")),
                            row.getString("body"))),
                    Optional.ofNullable(row.getString("newer")));
        } catch (OpsException | IllegalArgumentException | NullPointerException e) {
            LOG.warn("callback={} cannot be read and is never sent: {}", number, e.toString());
            return new Found(number, Optional.empty(), Optional.empty());
        }
    }

    /** Another body has another number: by that receivers know what they have had. */
    private Optional<Delivery> newest(Found found) {
        if (found.newer().isEmpty()) {
            return found.delivery();
        }
        String body = found.newer().get();
        return found.delivery().map(old -> {
            long number = handle.createUpdate("""
                            insert into delivery (job, event, uri, host, tries, since, due, body)
                            select job, event, uri, host, tries, since, due, newer from delivery where number = :number
                            """)
                    .bind("number", old.number())
                    .executeAndReturnGeneratedKeys("number")
                    .mapTo(Long.class)
                    .one();
            drop(old.number());
            return new Delivery(number, old.job(), old.uri(), old.tries(), old.since(), body);
        });
    }

    private void drop(long number) {
        handle.createUpdate("delete from delivery where number = :number")
                .bind("number", number)
                .execute();
    }

    void putOff(List<Delivery> deliveries, Duration wait) {
        if (!deliveries.isEmpty()) {
            handle.createUpdate("update delivery set due = :due where number in (<numbers>)")
                    .bind("due", Spans.after(work.now(), wait))
                    .bindList(
                            "numbers", deliveries.stream().map(Delivery::number).toList())
                    .execute();
        }
    }

    /** What became newer while it was sent is due, under another number. */
    void remove(Delivery delivery) {
        handle.createUpdate("""
                insert into delivery (job, event, uri, host, tries, since, due, body)
                select job, event, uri, host, 0, since, :due, newer from delivery
                where number = :number and newer is not null
                """)
                .bind("due", work.now())
                .bind("number", delivery.number())
                .execute();
        drop(delivery.number());
    }

    void postpone(Delivery delivery, Duration wait) {
        handle.createUpdate("update delivery set tries = :tries, due = :due where number = :number")
                .bind("tries", delivery.tries() + 1)
                .bind("due", Spans.after(work.now(), wait))
                .bind("number", delivery.number())
                .execute();
    }

    /** What the last server of a file had begun or put off is due again. */
    void allDue() {
        handle.createUpdate("update delivery set due = 0").execute();
    }
}
