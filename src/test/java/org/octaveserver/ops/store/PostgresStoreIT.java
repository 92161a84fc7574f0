package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.octaveserver.ops.store.Orders.order;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.ChangeQuery;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.job.JobStore.QueueLimits;
import org.octaveserver.ops.job.JobStore.Submitted;
import org.octaveserver.ops.job.Progress;

/** What is particular to nodes that share a database, and to one that can be away. */
class PostgresStoreIT extends OnStores {
    private static final Duration SHORT = Duration.ofMillis(1);

    @RegisterExtension
    static final FreshDatabase DATABASE = new FreshDatabase();

    private JobStores other;

    @BeforeEach
    @Override
    void begin() throws Exception {
        super.begin();
        other = open();
    }

    @AfterEach
    void endOther() {
        other.stop();
    }

    @Override
    JobStores open() {
        return Stores.postgres(DATABASE.url(), directory);
    }

    @Test
    void givesTwoNodesDifferentJobs() {
        Set<JobId> all = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            all.add(submit(order().of("p" + i % 7).build()).id());
        }
        List<CompletableFuture<List<ClaimedJob>>> claims = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            claims.add(jobs().claim(new ClaimRequest("a", 3, Stores.LEASE, Map.of())));
            claims.add(other.jobs().claim(new ClaimRequest("b", 3, Stores.LEASE, Map.of())));
        }
        List<JobId> taken = claims.stream()
                .flatMap(one -> get(one).stream())
                .map(one -> one.job().id())
                .toList();
        assertThat(taken).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(other.jobs().instance()).isEqualTo(jobs().instance());
    }

    @Test
    void keepsLimitsAndKeysBetweenNodes() {
        List<CompletableFuture<Submitted>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            JobStores node = i % 2 == 0 ? stores : other;
            all.add(node.jobs().submit(order().of("p" + i).build(), new QueueLimits(7, 100, Long.MAX_VALUE)));
            all.add(node.jobs().submit(order().of("k").key("one", "x").build(), LIMITS));
        }
        long added = 0;
        for (CompletableFuture<Submitted> one : all) {
            try {
                added += get(one).added() ? 1 : 0;
            } catch (OpsException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_QUEUE_FULL);
            }
        }
        assertThat(jobs().open().get(JobState.QUEUED)).isEqualTo(added).isBetween(7L, 8L);
    }

    @Test
    void showsAPollingClientEveryChangeWhileTwoNodesWrite() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Set<JobId> seen = new HashSet<>();
        Thread poller = new Thread(() -> {
            long since = 0;
            while (true) {
                boolean last = stop.get();
                long next = jobs().sequence();
                jobs().changed(new ChangeQuery(since, Set.of("c"), Set.of(), OPERATOR, 1000)).stream()
                        .filter(job -> job.status().sequence() <= next)
                        .map(Job::id)
                        .forEach(seen::add);
                since = next + 1;
                if (last) {
                    return;
                }
            }
        });
        poller.start();
        Set<JobId> written = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Submitted> a = jobs().submit(order().client("c").build(), LIMITS);
            CompletableFuture<Submitted> b =
                    other.jobs().submit(order().client("c").build(), LIMITS);
            written.add(get(a).job().id());
            written.add(get(b).job().id());
        }
        stop.set(true);
        poller.join(30_000);
        assertThat(seen).isEqualTo(written);
    }

    @Test
    void takesOverWhatANodeDoesNotRenew() {
        submit(order().idempotent(5).build());
        JobLease lost = claimFor(SHORT);
        get(jobs().begin(lost));
        submit();
        JobLease kept = claimFor(Duration.ofMinutes(5));
        List<Job> recovered = new ArrayList<>();
        // The first seconds of a server's life are a time of grace.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            recovered.addAll(get(other.jobs().recover("b", LOST)));
            return !recovered.isEmpty();
        });
        assertThat(recovered).extracting(Job::id).containsExactly(lost.job());
        assertThat(state(kept.job())).isEqualTo(JobState.CLAIMED);
        assertThat(get(jobs().finish(lost, returned()))).isFalse();
        assertThat(renew(lost, Progress.NONE, "")).containsExactly(lost);
        ClaimedJob again = get(other.jobs().claim(new ClaimRequest("b", 1, Stores.LEASE, Map.of())))
                .get(0);
        assertThat(again.lease()).isEqualTo(new JobLease(lost.job(), "b", 2));
    }

    private JobLease claimFor(Duration lease) {
        return get(jobs().claim(new ClaimRequest(NODE, 1, lease, Map.of())))
                .get(0)
                .lease();
    }

    @Test
    void worksAgainByItselfAfterAnOutage() throws Exception {
        stores.stop();
        stores = Stores.postgres(DATABASE.url(), directory, Duration.ofMinutes(1));
        JobId before = finished();
        submit();
        JobLease lease = claimFor(SHORT);
        DATABASE.server().crash();
        try {
            CompletableFuture<Submitted> away = jobs().submit(order().build(), LIMITS);
            assertThatThrownBy(() -> get(away)).isInstanceOfSatisfying(OpsException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
                assertThat(e.retryAfter()).isPresent();
                assertThat(e.getMessage()).contains("ops.jobs.url").doesNotContain("jdbc:");
            });
            assertThatThrownBy(() -> jobs().find(before))
                    .isInstanceOfSatisfying(
                            OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE));
        } finally {
            DATABASE.server().again();
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> submit() != null);
        // Readers have connections of their own, and those of a pool come back at its own pace.
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> state(before) == JobState.RETURNED);
        assertThat(get(jobs().recover("b", LOST)))
                .as("everybody may renew first")
                .isEmpty();
        assertThat(renew(lease, Progress.NONE, "")).isEmpty();
        assertThat(get(jobs().begin(lease))).isTrue();
    }

    @Test
    void losesNoChangeWhenItsConnectionsAreCut() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread cutter = new Thread(() -> {
            while (!stop.get()) {
                try {
                    RealPostgres.run(
                            DATABASE.url(),
                            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ops'");
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        });
        List<JobId> accepted = new ArrayList<>();
        Set<JobId> claimed = new HashSet<>();
        cutter.start();
        for (int i = 0; i < 100; i++) {
            try {
                accepted.add(submit().id());
                claim(NODE, 1).forEach(one -> claimed.add(one.job().id()));
            } catch (OpsException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE);
            }
        }
        stop.set(true);
        cutter.join(10_000);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> submit() != null);
        assertThat(accepted).allSatisfy(id -> assertThat(jobs().find(id)).isPresent());
        // What was claimed, but not so that anybody was told, waits again.
        assertThat(jobs().open().get(JobState.CLAIMED)).isEqualTo(claimed.size());
    }

    @Test
    void countsNoLeaseAsLostThatNobodyCouldRenew() throws Exception {
        Duration lease = Duration.ofSeconds(3);
        stores.stop();
        stores = Stores.postgres(DATABASE.url(), directory, lease);
        submit();
        JobLease live = claimFor(Duration.ofMillis(500));
        // The first seconds of a server's life are a time of grace, in which this shows nothing.
        await().atMost(Duration.ofSeconds(10)).until(this::isOld);
        renew(live, Progress.NONE, "");
        CompletableFuture<List<Job>> own;
        try (Connection holder = RealPostgres.connect(DATABASE.url());
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select * from head for update");
            own = jobs().recover(NODE, LOST);
            lock.execute("select pg_sleep(2.2)");
            holder.rollback();
        }
        assertThat(get(own)).isEmpty();
        assertThat(get(jobs().recover("b", LOST)))
                .as("everybody may renew first")
                .isEmpty();
        assertThat(renew(live, Progress.NONE, "")).isEmpty();
    }

    private boolean isOld() throws SQLException {
        try (Connection connection = RealPostgres.connect(DATABASE.url());
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(
                        "select clock_timestamp() - pg_postmaster_start_time() > interval '4 seconds'")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    @Test
    void endsTheTransactionOfANodeThatStandsStill() throws Exception {
        Postgres node = new Postgres(DATABASE.url(), Optional.of("ops"), Optional.empty(), Stores.LEASE);
        try (Connection frozen = node.writing().getConnection();
                Statement lock = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            lock.execute("select * from head for update");
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> submit() != null);
            assertThatThrownBy(() -> lock.execute("select 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void keepsInstallationsInSchemasOfTheirOwn() throws Exception {
        for (String schema : List.of("ofxone", "of_one")) {
            RealPostgres.run(DATABASE.url(), "create schema \"" + schema + "\"");
            JobStores own = Stores.postgres(DATABASE.url() + "?currentSchema=" + schema, directory.resolve(schema));
            try {
                assertThat(own.jobs().instance()).isNotEqualTo(jobs().instance());
                get(own.jobs().submit(order().build(), LIMITS));
                assertThat(own.jobs().open()).containsEntry(JobState.QUEUED, 1L);
            } finally {
                own.stop();
            }
        }
        assertThat(jobs().open()).containsEntry(JobState.QUEUED, 0L);
        assertThatThrownBy(() -> Stores.postgres(DATABASE.url() + "?currentSchema=missing", directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make the one that currentSchema of the URL names");
    }

    @Test
    void refusesALoginWithoutTellingIt() throws Exception {
        RealPostgres.run(DATABASE.url(), "drop table if exists nothing");
        assertThatThrownBy(() -> Stores.postgres(DATABASE.url() + "_missing", directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no database of that name")
                .hasMessageContaining("ops.jobs.url")
                .hasMessageNotContaining("jdbc:");
    }
}
