package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.job.Progress;

/** Somebody puts the clock of the database forward and back: a function of the same name that is found before its own. */
class PostgresClockIT extends OnStores {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    static final FreshDatabase DATABASE = new FreshDatabase();

    private JobStores other;

    @BeforeEach
    @Override
    void begin() throws Exception {
        for (String statement : new String[] {
            "create schema clock",
            "create table clock.step (amount interval)",
            "insert into clock.step values ('0')",
            "create function clock.clock_timestamp() returns timestamptz language sql volatile as"
                    + " 'select pg_catalog.clock_timestamp() + amount from clock.step'"
        }) {
            RealPostgres.run(DATABASE.url(), statement);
        }
        super.begin();
        other = open();
    }

    @AfterEach
    void endOther() {
        other.stop();
    }

    @Override
    JobStores open() {
        return Stores.postgres(DATABASE.url() + "?currentSchema=public,clock,pg_catalog", directory, LEASE);
    }

    private static void step(String amount) throws SQLException {
        RealPostgres.run(DATABASE.url(), "update clock.step set amount = '" + amount + "'");
    }

    private JobLease taken() {
        return get(jobs().claim(new ClaimRequest(NODE, 1, LEASE, Map.of())))
                .get(0)
                .lease();
    }

    /** Until a lease that nobody renews is taken. */
    private void awaitRecovery() {
        await().atMost(LONG).until(() -> !get(other.jobs().recover("b", LOST)).isEmpty());
    }

    @Test
    void takesNoJobOfANodeThatLivesWhenItIsPutForward() throws SQLException {
        submit();
        taken();
        awaitRecovery();
        JobLease live = taken();
        step("1 hour");
        assertThat(get(other.jobs().recover("b", LOST))).isEmpty();
        assertThat(renew(live, Progress.NONE, "")).isEmpty();
        assertThat(get(other.jobs().recover("b", LOST))).isEmpty();
        assertThat(state(live.job())).isEqualTo(JobState.CLAIMED);
        awaitRecovery();
        assertThat(state(live.job())).as("it was not renewed any more").isEqualTo(JobState.QUEUED);
    }

    @Test
    void takesJobsOfANodeThatIsGoneWhenItIsPutBack() throws SQLException {
        step("1 hour");
        submit();
        JobLease dead = taken();
        get(other.jobs().recover("b", LOST));
        step("0");
        awaitRecovery();
        assertThat(state(dead.job())).isEqualTo(JobState.QUEUED);
    }
}
