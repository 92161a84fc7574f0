package org.octaveserver.ops.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.job.Job;

/** The table of what is to be told. */
final class DeliveryRows {
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
                handle.createUpdate("""
                        insert into delivery (job, event, uri, tries, since, due, why)
                        values (:job, :event, :uri, 0, :since, :due, '""')
                        """)
                        .bind("job", job.id().value())
                        .bind("event", event.name())
                        .bind("uri", Documents.write(callback.uri().toString()))
                        .bind("since", work.instant().toEpochMilli())
                        .bind("due", work.now())
                        .execute();
            }
        }
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

    List<Delivery> due(int most, Duration lease) {
        List<Delivery> due = handle.createQuery("""
                select number, job, event, uri, tries, since from delivery where due <= :now order by due limit :most
                """)
                .bind("now", work.now())
                .bind("most", most)
                .map((row, context) -> new Delivery(
                        row.getLong("number"),
                        JobRows.id(row, "job"),
                        Callback.Event.valueOf(row.getString("event")),
                        URI.create(Documents.read(row.getString("uri"), String.class)),
                        row.getInt("tries"),
                        Instant.ofEpochMilli(row.getLong("since"))))
                .list();
        due.forEach(one -> handle.createUpdate("update delivery set due = :due where number = :number")
                .bind("due", Spans.after(work.now(), lease))
                .bind("number", one.number())
                .execute());
        return due;
    }

    void remove(Delivery delivery) {
        handle.createUpdate("delete from delivery where number = :number")
                .bind("number", delivery.number())
                .execute();
    }

    void postpone(Delivery delivery, Duration wait, String why) {
        handle.createUpdate("update delivery set tries = :tries, due = :due, why = :why where number = :number")
                .bind("tries", delivery.tries() + 1)
                .bind("due", Spans.after(work.now(), wait))
                .bind("why", Documents.write(why))
                .bind("number", delivery.number())
                .execute();
    }

    /** What the last server of a file had begun or put off is due again. */
    void allDue() {
        handle.createUpdate("update delivery set due = 0").execute();
    }
}
