package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.octaveserver.ops.store.Orders.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.settings.SettingsException;
import org.sqlite.SQLiteDataSource;

/** What is particular to the embedded database. */
class SqliteStoreTest extends OnStores {
    @Override
    JobStores open() {
        return Stores.sqlite(directory);
    }

    private Path file() {
        return directory.resolve("jobs.db");
    }

    private void run(String... statements) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file());
        try (Connection connection = source.getConnection();
                Statement one = connection.createStatement()) {
            for (String statement : statements) {
                one.execute(statement);
            }
        }
    }

    @Test
    void takesWhatTheServerBeforeHasLeft() {
        JobLease claimed = lease(order().build());
        JobLease once = lease(order().build());
        get(jobs().begin(once));
        JobLease idempotent = lease(order().idempotent(2).build());
        get(jobs().begin(idempotent));
        assertThat(get(jobs().recover(NODE, LOST))).as("its own").isEmpty();
        restart();
        List<Job> recovered = get(jobs().recover("node-2", LOST));
        assertThat(recovered).hasSize(3);
        assertThat(get(jobs().recover("node-2", LOST))).isEmpty();
        assertThat(state(claimed.job())).isEqualTo(JobState.QUEUED);
        assertThat(state(idempotent.job())).isEqualTo(JobState.QUEUED);
        Job ended = jobs().find(once.job()).orElseThrow();
        assertThat(ended.state()).isEqualTo(JobState.ERROR);
        assertThat(ended.status().problem()).contains(LOST);
        for (ClaimedJob again : claim("node-2", 5)) {
            get(jobs().begin(again.lease()));
        }
        get(jobs().recover("node-3", LOST));
        assertThat(state(claimed.job())).isEqualTo(JobState.ERROR);
        assertThat(state(idempotent.job()))
                .as("it has begun as often as it may")
                .isEqualTo(JobState.ERROR);
    }

    @Test
    void takesNoLateErrorForTheOneThatTheRecoveryHasWritten() {
        JobLease late = lease(order().build());
        get(jobs().begin(late));
        restart();
        get(jobs().recover("node-2", LOST));
        assertThat(state(late.job())).isEqualTo(JobState.ERROR);
        assertThat(get(jobs().finish(late, ended(JobState.ERROR)))).isFalse();
        assertThat(jobs().find(late.job()).orElseThrow().status().problem()).contains(LOST);
    }

    private JobLease lease(org.octaveserver.ops.job.NewJob job) {
        submit(job);
        return claim().lease();
    }

    @Test
    void tellsAtOnceWhatTheServerBeforeDidNotTell() {
        submit(order().tell(Callback.Event.SUCCESS, "https://example.org/s").build());
        get(jobs().finish(begun(), returned()));
        assertThat(get(stores.deliveries().due(5, Duration.ofHours(1)))).hasSize(1);
        restart();
        assertThat(get(stores.deliveries().due(5, Duration.ofHours(1)))).hasSize(1);
    }

    @Test
    void saysWhenItIsLockedAndGoesOnAfterwards() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file());
        try (Connection connection = source.getConnection();
                Statement lock = connection.createStatement()) {
            lock.execute("begin immediate");
            OpsException refused = catchThrowableOfType(OpsException.class, this::submit);
            assertThat(refused.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
            assertThat(refused.getMessage()).contains("another process has locked it", "jobs.db");
            assertThat(refused.retryAfter()).isPresent();
            lock.execute("rollback");
        }
        submit();
    }

    @Test
    void survivesADiskThatIsFull() throws SQLException {
        submit();
        stores.stop();
        Outages outages = outages();
        Database full = new Database(new Sqlite(file(), InstantSource.system(), System::nanoTime), outages);
        full.start();
        Writer writer = new Writer(full, outages, InstantSource.system());
        writer.start();
        SqlJobStore jobs = new SqlJobStore(full, writer, outages);
        fill(writer);
        OpsException refused = catchThrowableOfType(OpsException.class, () -> {
            for (int i = 0; i < 5000; i++) {
                submitLarge(jobs);
            }
        });
        assertThat(refused.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("its disk is full");
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 20; i++) {
                fill(writer);
                assertThat(catchThrowable(() -> submitLarge(jobs))).isInstanceOf(OpsException.class);
                jobs.open();
                get(jobs.recover(NODE, LOST));
            }
            assertThat(log.of(Outages.class)).as("it was said when it began").isEmpty();
        }
        get(jobs.submit(order().build(), LIMITS));
        assertThat(jobs.claim(new ClaimRequest(NODE, 2, Duration.ofSeconds(5), Map.of()))
                        .join())
                .hasSize(2);
        writer.stop();
        full.stop();
        stores = open();
    }

    /** The limit is the connection's, until it fails: the same code that a full disk has. */
    private static void fill(Writer writer) {
        get(writer.write(work -> work.handle().execute("pragma max_page_count = 45")));
    }

    private static void submitLarge(SqlJobStore jobs) {
        get(jobs.submit(order().arguments(Orders.inline("x".repeat(20_000))).build(), LIMITS));
    }

    private static Outages outages() {
        return new Outages(System::nanoTime, Duration.ofSeconds(2));
    }

    @Test
    void losesNoOtherChangeWhenOneFailsByItself() throws Exception {
        Database database = new Database(new Sqlite(file(), InstantSource.system(), System::nanoTime), outages());
        database.start();
        Writer writer = new Writer(database, outages(), InstantSource.system());
        SqlJobStore jobs = new SqlJobStore(database, writer, outages());
        var before = jobs.submit(order().build(), LIMITS);
        var broken = writer.write(work -> work.handle().execute("insert into nothing values (1)"));
        var after = jobs.submit(order().build(), LIMITS);
        writer.start();
        assertThat(get(before).added()).isTrue();
        assertThat(refusal(broken)).isEqualTo(ErrorCode.INTERNAL);
        assertThat(get(after).job().status().sequence()).isEqualTo(2);
        assertThat(jobs.open()).containsEntry(JobState.QUEUED, 2L);
        writer.stop();
        assertThat(refusal(jobs.submit(order().build(), LIMITS))).isEqualTo(ErrorCode.SHUTTING_DOWN);
        database.stop();
    }

    @Test
    void refusesADamagedFile() throws IOException {
        stores.stop();
        Files.writeString(file(), "this is no database ".repeat(1000));
        Files.deleteIfExists(directory.resolve("jobs.db-wal"));
        assertThatThrownBy(() -> Stores.sqlite(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jobs.db")
                .hasMessageContaining("it is damaged")
                .hasMessageContaining("restore it from a backup");
        Files.delete(file());
        stores = open();
        submit();
    }

    @Test
    void refusesTheFileOfANewerOps() throws SQLException {
        stores.stop();
        run("update ops_schema set version = '99' where version = '1'");
        assertThatThrownBy(() -> Stores.sqlite(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was written by a newer OPS (its tables are version 99, this OPS knows 1)");
        run("update ops_schema set version = '1' where version = '99'");
        stores = open();
    }

    @Test
    void refusesOtherDatabases() {
        for (String url : List.of("jdbc:mysql://host/db", "jdbc:sqlite:/tmp/x", "postgresql://host/db")) {
            assertThatThrownBy(() -> JobStores.of(
                            Stores.settings(Optional.of(url), Stores.LEASE),
                            Stores.common(directory),
                            directory.resolve("sqlite"),
                            InstantSource.system()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("ops.jobs.url: expected jdbc:postgresql:");
        }
    }

    @Test
    void leavesNoDriverAndNoThreadBehind() {
        stores.stop();
        assertThat(DriverManager.drivers()).noneMatch(driver -> driver instanceof org.sqlite.JDBC);
        // The pool of connections does not wait for its threads.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().contains("jobs-")));
        stores = open();
    }

    @Test
    void letsNobodyElseReadJobs() throws IOException {
        Path own = directory.resolve("one/two");
        JobStores one = Stores.sqlite(own);
        try {
            get(one.jobs().submit(order().build(), LIMITS));
            for (String name : List.of("jobs.db", "jobs.db-wal", "jobs.db-shm")) {
                assertThat(mode(own.resolve(name))).as(name).isEqualTo("rw-------");
            }
            assertThat(mode(own)).isEqualTo("rwx------");
        } finally {
            one.stop();
        }
    }

    @Test
    void leavesTheModesOfWhatIsThere() throws IOException {
        stores.stop();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        stores = open();
        submit();
        assertThat(mode(file())).isEqualTo("rw-r-----");
        assertThat(mode(directory)).isEqualTo("rwxr-x---");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void marksNoDirectoryThatNoOtherNodeMayUse() {
        assertThat(directory.resolve(".ops-directory")).doesNotExist();
        assertThat(directory.resolve("bundles")).doesNotExist();
    }

    @Test
    void keepsAnotherServerAwayFromItsDirectory() {
        assertThatThrownBy(() -> Stores.sqlite(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("ops.jobs.directory")
                .hasMessageContaining("ops.jobs.url");
        restart();
        submit();
    }

    @Test
    void readsADocumentOfALaterVersion() throws SQLException {
        Job job = submit();
        run("update job set fixed = replace(fixed, '\"face\":', '\"later\":[1],\"face\":')");
        assertThat(jobs().find(job.id())).contains(job);
    }
}
