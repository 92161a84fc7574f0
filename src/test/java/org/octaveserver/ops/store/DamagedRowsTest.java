package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.JobStore.RetentionRules;
import org.octaveserver.ops.job.Progress;
import org.octaveserver.ops.job.Viewer;
import org.sqlite.SQLiteDataSource;

/** One row that cannot be read holds up no other. */
class DamagedRowsTest extends OnStores {
    private static final Viewer ADA = new Viewer(Optional.of("ada"), false);

    @Override
    JobStores open() {
        return Stores.sqlite(directory);
    }

    private Connection connect() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("jobs.db"));
        return source.getConnection();
    }

    private void run(String statement, JobId id) throws SQLException {
        try (Connection connection = connect();
                Statement one = connection.createStatement()) {
            one.execute(statement.replace("?", "'" + id.value() + "'"));
        }
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = connect();
                Statement one = connection.createStatement();
                ResultSet rows = one.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update job set fixed = '{' where id = ?",
                "update job set fixed = '{}' where id = ?",
                "update job set fixed = replace(fixed, 'PT', 'XX') where id = ?",
                "update job set status = '[]' where id = ?",
                "delete from payload where job = ?",
            })
    void areNotTakenWithTheOthers(String damage) throws SQLException {
        Job before = submit();
        Job damaged = submit();
        Job after = submit();
        run(damage, damaged.id());
        assertThat(claim(NODE, 5)).extracting(one -> one.job().id()).containsExactly(before.id(), after.id());
        assertThat(ask("select state from job where id = '" + damaged.id().value() + "'"))
                .isEqualTo("ERROR");
        assertThat(ask("select queued from head")).isEqualTo("0");
        assertThat(ask("select jobs from waiting")).isEqualTo("none");
        assertThat(claim(NODE, 5)).isEmpty();
    }

    @Test
    void endWhereTheOthersWaitAgain() throws SQLException {
        submit();
        submit();
        List<ClaimedJob> both = claim(NODE, 2);
        JobLease damaged = both.get(0).lease();
        run("update job set state = 'BETWEEN' where id = ?", damaged.job());
        assertThat(get(jobs().recover("node-2", LOST)))
                .extracting(Job::id)
                .containsExactly(both.get(1).job().id());
        Job ended = jobs().find(damaged.job()).orElseThrow();
        assertThat(ended.state()).isEqualTo(JobState.ERROR);
        assertThat(ended.status().problem().map(JobProblem::code)).contains(ErrorCode.JOB_DAMAGED.name());
        assertThat(ask("select queued from head")).isEqualTo("1");
        assertThat(ask("select open_bytes || '+' || finished_bytes from party")).isEqualTo("3+3");
        assertThat(ask("select count(*) from lease")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update job set fixed = '{' where id = ?",
                "update job set status = '[]' where id = ?",
                "update lease set report = '{' where job = ?",
            })
    void keepNoLeaseFromBeingRenewed(String damage) throws SQLException {
        List<JobLease> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submit(Orders.order()
                    .tell(Callback.Event.PROGRESS, "https://example.org/" + i)
                    .build());
            all.add(begun());
        }
        run(damage, all.get(2).job());
        run("update lease set until = 0 where ? <> ''", all.get(0).job());
        Map<JobLease, JobStore.Report> reports = new LinkedHashMap<>();
        all.forEach(lease -> reports.put(lease, new JobStore.Report(new Progress(0.5, ""), "")));
        assertThat(get(jobs().renew(Duration.ofHours(1), reports))).isEmpty();
        assertThat(ask("select count(*) from lease where until > 0")).isEqualTo("5");
        assertThat(ask("select count(*) from delivery where uri not like '%/2%'"))
                .isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update delivery set uri = '\"no uri\"' where job = ?",
                "update delivery set uri = '{' where job = ?",
                "update delivery set uri = 'null' where job = ?",
            })
    void keepNoCallbackFromBeingSent(String damage) throws SQLException {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submit(Orders.order()
                    .tell(Callback.Event.SUCCESS, "https://example.org/" + i)
                    .build());
            JobLease lease = begun();
            get(jobs().finish(lease, returned()));
            all.add(lease.job());
        }
        run(damage, all.get(1));
        assertThat(get(stores.deliveries().due(10, Duration.ofHours(1))))
                .extracting(one -> one.uri().getPath())
                .containsExactly("/0", "/2");
        assertThat(ask("select count(*) from delivery")).isEqualTo("2");
    }

    private List<Job> listed() {
        JobQuery.Span ever = new JobQuery.Span(Optional.empty(), Optional.empty());
        return jobs().list(new JobQuery(
                ADA, Set.of(), Optional.empty(), Optional.empty(), ever, new JobQuery.Page(10, Optional.empty())));
    }

    private List<Job> changed() {
        return jobs().changed(new JobStore.ChangeQuery(0, Set.of("me"), Set.of(), ADA, 10));
    }

    private JobId damagedBetweenOthers(String damage) throws SQLException {
        submit(Orders.order().client("me").build());
        Job damaged = submit(Orders.order().client("me").build());
        submit(Orders.order().client("me").build());
        run(damage, damaged.id());
        return damaged.id();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update job set fixed = '{' where id = ?",
                "update job set fixed = '{\"rules\":null}' where id = ?",
                "update job set fixed = replace(fixed, '\"target\"', '\"t\"') where id = ?",
                "update job set status = '[]' where id = ?",
            })
    void areToldOfAsFarAsTheyCanBe(String damage) throws SQLException {
        JobId damaged = damagedBetweenOthers(damage);
        assertThat(listed()).hasSize(3).extracting(Job::state).containsOnly(JobState.QUEUED);
        assertThat(changed()).hasSize(3);
        Job job = jobs().find(damaged).orElseThrow();
        assertThat(job.target().bundle()).isEqualTo("curves");
        assertThat(job.target().versionId()).isEqualTo("curves-1.2.0-abc");
        assertThat(job.owner().principal()).contains("ada");
        assertThat(job.status().problem().map(JobProblem::code)).contains(ErrorCode.JOB_DAMAGED.name());
        claim(NODE, 5);
        assertThat(jobs().find(damaged).orElseThrow().state()).isEqualTo(JobState.ERROR);
        assertThat(listed()).hasSize(3);
        assertThat(get(jobs().delete(damaged)).changed()).isTrue();
        assertThat(jobs().find(damaged).orElseThrow().state()).isEqualTo(JobState.DELETED);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void areReportedOnceHoweverOftenTheyAreRead() throws SQLException {
        JobId damaged = damagedBetweenOthers("update job set fixed = '{' where id = ?");
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 5; i++) {
                listed();
                changed();
                jobs().find(damaged);
            }
            assertThat(log.of(Damages.class))
                    .singleElement()
                    .asString()
                    .contains("WARN job=" + damaged + " cannot be read");
        }
    }

    @Test
    void endWhenSomebodyCancelsThem() throws SQLException {
        JobId damaged = damagedBetweenOthers("update job set fixed = '{' where id = ?");
        assertThat(get(jobs().delete(damaged)).changed()).as("it is open").isFalse();
        assertThat(get(jobs().cancel(damaged, CALLED_OFF)).changed()).isTrue();
        assertThat(state(damaged)).isEqualTo(JobState.ERROR);
        assertThat(ask("select queued from head")).isEqualTo("2");
        assertThat(get(jobs().cancel(damaged, CALLED_OFF)).changed()).isFalse();
        assertThat(get(jobs().delete(damaged)).changed()).isTrue();
        assertThat(ask("select open_bytes || '+' || finished_bytes from party")).isEqualTo("6+0");
    }

    @Test
    void areDeletedAlsoInAStateThatThereIsNot() throws SQLException {
        JobId damaged = damagedBetweenOthers("update job set state = 'BETWEEN' where id = ?");
        assertThat(changed()).hasSize(3);
        assertThat(get(jobs().delete(damaged)).changed()).isTrue();
        assertThat(state(damaged)).isEqualTo(JobState.DELETED);
        assertThat(ask("select open_bytes || '+' || finished_bytes from party")).isEqualTo("6+0");
    }

    @Test
    void endWhenTheirNodeReportsThem() throws SQLException {
        submit(Orders.order()
                .tell(Callback.Event.FAILURE, "https://example.org/f")
                .build());
        JobLease lease = begun();
        run("update job set status = '{' where id = ?", lease.job());
        assertThat(get(jobs().finish(new JobLease(lease.job(), "another", 1), returned())))
                .isFalse();
        assertThat(state(lease.job())).isEqualTo(JobState.RUNNING);
        assertThat(get(jobs().finish(lease, returned()))).isFalse();
        assertThat(state(lease.job())).isEqualTo(JobState.ERROR);
        assertThat(get(jobs().finish(lease, returned()))).isFalse();
        assertThat(get(stores.deliveries().due(5, Duration.ofHours(1))))
                .as("who wants to know can still be read")
                .hasSize(1);
    }

    @Test
    void areForgottenWithTheOthers() throws SQLException {
        JobId damaged = finished();
        JobId sound = finished();
        run("update job set fixed = '{' where id = ?", damaged);
        RetentionRules nothing = new RetentionRules(Duration.ofSeconds(-1), Long.MAX_VALUE, Duration.ofDays(1));
        assertThat(get(jobs().forget(nothing))).isPresent();
        assertThat(state(sound)).isEqualTo(JobState.DELETED);
        assertThat(ask("select state from job where id = '" + damaged.value() + "'"))
                .isEqualTo("DELETED");
        assertThat(ask("select group_concat(party) from job")).isEqualTo(",");
        assertThat(ask("select open_bytes + finished_bytes from party")).isEqualTo("none");
        assertThat(jobs().find(damaged).orElseThrow().target().bundle()).isEqualTo("curves");
        assertThat(get(jobs().forget(nothing))).isEmpty();
    }
}
