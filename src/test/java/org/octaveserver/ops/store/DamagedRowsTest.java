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
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.JobStore.RetentionRules;
import org.octaveserver.ops.job.Progress;
import org.sqlite.SQLiteDataSource;

/** One row that cannot be read holds up no other. */
class DamagedRowsTest extends OnStores {
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
                "update delivery set event = 'NEVER' where job = ?",
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
        assertThat(ask("select open_bytes + finished_bytes from party")).isEqualTo("none");
        assertThat(get(jobs().forget(nothing))).isEmpty();
    }
}
