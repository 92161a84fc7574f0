package org.octaveserver.ops.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * One transaction that writes. It has locked the head row before anything else, so that transactions, also those of other
 * nodes, follow one another: none sees half of another, none waits for another in a circle, and the numbers of the counter
 * become visible in their order.
 */
final class Work {
    private final Handle handle;
    private final Head before;
    private final long now;
    private final Instant instant;
    private final Tallies tallies;
    private Head head;

    /**
     * Locks the head.
     *
     * @param instant the time that people are told
     */
    Work(Handle handle, Dialect dialect, Instant instant) {
        this.handle = handle;
        this.instant = Instant.ofEpochMilli(instant.toEpochMilli());
        record Locked(Head head, long now) {}
        Locked locked = handle.createQuery(dialect.head())
                .map((row, context) -> new Locked(
                        new Head(row.getLong("counter"), row.getLong("queued"), row.getString("turn")),
                        dialect.now().isPresent() ? dialect.now().getAsLong() : row.getLong("now")))
                .one();
        this.before = locked.head();
        this.head = before;
        this.now = locked.now();
        this.tallies = new Tallies(handle);
    }

    Handle handle() {
        return handle;
    }

    /** The time of the store in milliseconds, by which leases and other spans end. */
    long now() {
        return now;
    }

    /** The time that people are told, in whole milliseconds. */
    Instant instant() {
        return instant;
    }

    Head head() {
        return head;
    }

    void head(Head changed) {
        head = changed;
    }

    Tallies tallies() {
        return tallies;
    }

    /** One more or one less of a party's jobs waits for a bundle. */
    void queued(String party, String bundle, int more) {
        head = head.queued(more);
        tallies.queued(party, bundle, more);
    }

    /** The next number of the counter. */
    long next() {
        head = head.next();
        return head.counter();
    }

    /** Writes what was counted and the head, after everything else. */
    void end() {
        tallies.flush();
        if (!head.equals(before)) {
            handle.createUpdate("update head set counter = :counter, queued = :queued, turn = :turn")
                    .bind("counter", head.counter())
                    .bind("queued", head.queued())
                    .bind("turn", head.turn())
                    .execute();
        }
    }
}
