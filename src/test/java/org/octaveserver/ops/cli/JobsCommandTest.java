package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lists of jobs, and calling jobs off. */
class JobsCommandTest extends CommandsOverHttp {
    private static final String OTHER = "019ab111-0000-7000-8000-000000000000";

    private static String list(String... jobs) {
        return "{\"jobs\":[" + String.join(",", jobs) + "]}";
    }

    private static String progress(double fraction) {
        return "\"progress\":{\"fraction\":" + fraction + ",\"message\":\"\"},";
    }

    @Test
    void listsThemInATable() {
        server().answers(
                        200,
                        list(
                                JobAnswers.job("c", "QUEUED", progress(0)),
                                JobAnswers.job(
                                        "b",
                                        "RETURNED",
                                        progress(1)
                                                + "\"begun\":\"2026-11-23T01:00:01Z\",\"ended\":\"2026-11-23T01:02:03.5Z\","),
                                JobAnswers.job(
                                        "a",
                                        "THREW",
                                        progress(0.499) + "\"begun\":\"2026-11-23T01:00:01Z\","
                                                + "\"ended\":\"2026-11-23T01:00:03.25Z\",")));
        assertThat(ops("jobs").out().lines())
                .containsExactly(
                        "ID  STATE     PROGRESS  FUNCTION   ACCEPTED              TOOK",
                        "c   QUEUED    -         b@1.0.0/f  2026-11-23T01:00:00Z  -",
                        "b   RETURNED  100 %     b@1.0.0/f  2026-11-23T01:00:00Z  2 min 2 s",
                        "a   THREW     49 %      b@1.0.0/f  2026-11-23T01:00:00Z  2.2 s");
        assertThat(server().onlyRequest().target()).isEqualTo("/api/v1/jobs?limit=50");
    }

    @Test
    void asksForSome() {
        server().answers(200, list());
        assertThat(ops("jobs", "--state", "queued,RUNNING", "--bundle", "b@1.0.0+x", "--limit", "7")
                        .out())
                .isEqualTo("no jobs of these" + System.lineSeparator());
        assertThat(server().onlyRequest().target())
                .isEqualTo("/api/v1/jobs?limit=7&state=queued%2CRUNNING&bundle=b@1.0.0%2Bx");
        assertThat(ops("jobs").out()).isEqualTo("no jobs" + System.lineSeparator());
    }

    @Test
    void listsAllOfThemPageByPage() {
        server().answers(
                        JobAnswers.LIST, 200, "{\"jobs\":[" + JobAnswers.job("b", "ERROR", "") + "],\"next\":\"c=1\"}");
        server().answers(JobAnswers.LIST, 200, list(JobAnswers.job("a", "ERROR", "")));
        Ran ran = ops("jobs", "--all");
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.err()).isEmpty();
        assertThat(server().requests())
                .extracting(FakeServer.Request::target)
                .containsExactly("/api/v1/jobs?limit=500", "/api/v1/jobs?limit=500&cursor=c%3D1");
    }

    @Test
    void saysThatThereAreMore() {
        server().answers(200, "{\"jobs\":[" + JobAnswers.job("b", "ERROR", "") + "],\"next\":\"c\"}");
        Ran ran = ops("jobs", "--limit", "1");
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.err()).contains("--all");
        assertThat(server().requests()).hasSize(1);
    }

    @Test
    void printsJson() {
        server().answers(200, list("{\"id\":\"x\"}"));
        assertThat(ops("jobs", "--json").out().strip()).isEqualTo(list("{\"id\":\"x\"}"));
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThat(ops("jobs", "--limit", "0").err()).contains("--limit: a number from 1 on, not 0");
        assertThat(ops("jobs", "--limit", "5", "--all").status()).isEqualTo(2);
        assertThat(server().requests()).isEmpty();
    }

    @Test
    void doesNotLetAnAnswerControlTheTerminal() {
        server().answers(200, list(JobAnswers.job("\\u001b[2J", "QUEUED", "")));
        assertThat(ops("jobs").out()).contains("\\x1b[2J").doesNotContain("\033");
    }

    @Test
    void cancelsSayingWhatEachWas() {
        server().answers(JobAnswers.JOB, 200, JobAnswers.job("RUNNING"));
        server().answers(JobAnswers.JOB + "/cancel", 200, JobAnswers.job("CANCELLED"));
        Ran ran = ops("cancel", JobAnswers.ID);
        assertThat(ran.out().strip()).isEqualTo("cancelled " + JobAnswers.ID + ", b@1.0.0/f, which was RUNNING");
        assertThat(ran.status()).isZero();
        assertThat(server().requests())
                .extracting(request -> request.method() + " " + request.target())
                .containsExactly("GET " + JobAnswers.JOB, "POST " + JobAnswers.JOB + "/cancel");
    }

    @Test
    void goesOnWhereOneCannotBeCancelled() {
        server().answers("/api/v1/jobs/" + OTHER, 200, JobAnswers.job("RETURNED"));
        server().answers("/api/v1/jobs/" + OTHER + "/cancel", 410, "{\"detail\":\"the job has finished before\"}");
        server().answers(JobAnswers.JOB, 200, JobAnswers.job("QUEUED"));
        Ran ran = ops("cancel", "nonsense", OTHER, JobAnswers.ID);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("error: nonsense: \"nonsense\" is no id of a job"),
                        second -> assertThat(second).isEqualTo("error: " + OTHER + ": the job has finished before"));
        assertThat(ran.out()).contains("cancelled " + JobAnswers.ID).contains("which was QUEUED");
    }

    @Test
    void saysOnceThatNoServerAnswers() {
        Ran ran = ops("cancel", JobAnswers.ID, OTHER, "--server", "http://127.0.0.1:1");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err()).containsOnlyOnce("no OPS server answers");
    }
}
