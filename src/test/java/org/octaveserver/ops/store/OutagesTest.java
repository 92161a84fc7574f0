package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class OutagesTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Dialect SQLITE = new Sqlite(Path.of("jobs.db"), InstantSource.system(), System::nanoTime);
    private static final Dialect POSTGRES =
            new Postgres(Postgres.PREFIX + "//host/db", Optional.empty(), Optional.empty(), LEASE);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Outages outages = new Outages(now::get, LEASE);

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void letsEverybodyRenewAfterATimeWithoutWriting() {
        outages.wrote(true);
        pass(11);
        assertThat(outages.isRecent()).as("in the transaction itself").isTrue();
        outages.wrote(true);
        pass(9);
        outages.wrote(true);
        assertThat(outages.isRecent()).isTrue();
        pass(9);
        outages.idle();
        pass(9);
        outages.idle();
        assertThat(outages.isRecent()).isTrue();
        pass(4);
        assertThat(outages.isRecent()).isFalse();
    }

    @Test
    void letsEverybodyRenewAfterAStepOfTheClockAndAfterTheStart() {
        outages.stepped(-60_000);
        assertThat(outages.isRecent()).isTrue();
        for (int i = 0; i < 4; i++) {
            pass(8);
            outages.wrote(true);
        }
        assertThat(outages.isRecent()).isFalse();
        outages.begins();
        assertThat(outages.isRecent()).isTrue();
    }

    @Test
    void neitherReadsNorEmptyTransactionsEndAnOutageOfWriting() {
        SQLException full = new SQLException("full", "", 13);
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 50; i++) {
                outages.asFailure(full, SQLITE);
                outages.read();
                outages.wrote(false);
                assertThat(outages.isRecent()).isTrue();
            }
            assertThat(log.of(Outages.class)).hasSize(1);
            assertThat(outages.isWriting()).isTrue();
            pass(8);
            outages.wrote(true);
            assertThat(log.of(Outages.class)).hasSize(2).last().asString().contains("INFO", "can be used again");
        }
    }

    @Test
    void nothingToWriteLetsLeasesCountAgain() {
        outages.asFailure(new SQLException("gone", "08006"), POSTGRES);
        for (int i = 0; i < 6; i++) {
            assertThat(outages.isRecent()).isTrue();
            pass(7);
            outages.wrote(false);
        }
        assertThat(outages.isRecent()).isFalse();
    }

    @Test
    void aReadEndsAnOutageOfReading() {
        SQLException gone = new SQLException("refused", "08001");
        try (LogLines log = new LogLines()) {
            outages.asFailureOfReading(gone, POSTGRES);
            outages.read();
            outages.read();
            assertThat(log.of(Outages.class)).hasSize(2);
        }
    }

    @Test
    void takesNobodyForStalledWhoHasNothingToWrite() {
        for (int i = 0; i < 100; i++) {
            now.addAndGet(outages.longestIdle().toNanos());
            outages.idle();
            assertThat(outages.isRecent()).isFalse();
        }
    }

    @Test
    void doesNotTakeBusyReadersForAnOutage() {
        OpsException failure =
                outages.asFailureOfReading(new SQLTransientConnectionException("waited in vain"), POSTGRES);
        assertThat(failure.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
        assertThat(failure).hasMessageContaining("readers").hasMessageContaining("busy");
        assertThat(failure.retryAfter()).isPresent();
        assertThat(outages.isRecent()).isFalse();
    }

    @Test
    void takesForAnOutageWhatTheDatabaseSaysToAReader() {
        SQLException gone = new SQLException("refused", "08001");
        outages.asFailureOfReading(new SQLTransientConnectionException("waited in vain", "08001", gone), POSTGRES);
        assertThat(outages.isRecent()).isTrue();
    }

    @Test
    void takesForAnOutageThatTheWriterGetsNoConnection() {
        OpsException failure = outages.asFailure(new SQLTransientConnectionException("waited in vain"), SQLITE);
        assertThat(failure.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
        assertThat(outages.isRecent()).isTrue();
    }

    @Test
    void triesAgainWhatATimeoutOfPostgresHasEnded() {
        for (String state : new String[] {"55P03", "25P03", "57014"}) {
            assertThat(Outages.isPassing(new SQLException("ended", state), POSTGRES))
                    .as(state)
                    .isTrue();
        }
        assertThat(Outages.isPassing(new SQLException("read only", "25006"), POSTGRES))
                .isFalse();
    }
}
