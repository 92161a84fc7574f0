package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at one job. */
class JobCommandTest extends CommandsOverHttp {
    private static String ids(String... ids) {
        List<String> jobs = new ArrayList<>();
        for (String id : ids) {
            jobs.add("{\"id\":\"" + id + "\"}");
        }
        return "{\"jobs\":[" + String.join(",", jobs) + "]}";
    }

    @Test
    void tellsWhatIsKnown() {
        server().answers(
                        JobAnswers.JOB,
                        200,
                        JobAnswers.job(
                                JobAnswers.ID,
                                "ERROR",
                                "\"principal\":\"admin\",\"progress\":{\"fraction\":0.5,\"message\":\"half\"},\"attempt\":2,"
                                        + "\"begun\":\"2026-11-23T01:00:01Z\",\"ended\":\"2026-11-23T03:01:01Z\",\"node\":\"n1\","
                                        + "\"problem\":{\"code\":\"CALL_TIMEOUT\",\"message\":\"ran past 2h\"},"));
        assertThat(ops("job", JobAnswers.ID).out().lines())
                .containsExactly(
                        "job      " + JobAnswers.ID,
                        "function b@1.0.0/f of release 3, nargout 1",
                        "state    ERROR",
                        "progress 50 % half",
                        "by       admin",
                        "accepted 2026-11-23T01:00:00Z",
                        "begun    2026-11-23T01:00:01Z, attempt 2 of at most 3, on node n1",
                        "ended    2026-11-23T03:01:01Z",
                        "took     2 h 1 min",
                        "timeout  2h",
                        "problem  CALL_TIMEOUT: ran past 2h");
    }

    @Test
    void findsItByTheBeginningOrTheEndOfItsId() {
        server().answers(JobAnswers.LIST, 200, ids("019ab111-0000-7000-8000-000000000000", JobAnswers.ID));
        server().answers(JobAnswers.JOB, 200, JobAnswers.job("QUEUED"));
        assertThat(ops("job", "019AB000").out()).contains("job      " + JobAnswers.ID);
        assertThat(ops("job", JobAnswers.ID.substring(32)).out()).contains("job      " + JobAnswers.ID);
        assertThat(server().requests().get(0).target()).isEqualTo("/api/v1/jobs?limit=500");
    }

    @Test
    void asksForMoreOfAnIdThatMeansSeveral() {
        server().answers(JobAnswers.LIST, 200, ids("019ab111-0000-7000-8000-000000000000", JobAnswers.ID));
        Ran ran = ops("job", "019ab");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("2 jobs have ids that begin or end with 019ab")
                .contains(JobAnswers.ID);
    }

    @Test
    void saysThatNoIdBeginsSo() {
        server().answers(JobAnswers.LIST, 200, ids(JobAnswers.ID));
        Ran ran = ops("job", "ff");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .contains("no id of the last 500 jobs begins or ends with ff")
                .contains("ops jobs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xyz", "../x", "019ab000-1234-7abc-8def-0123456789abc"})
    void refusesWhatIsNoId(String text) {
        Ran ran = ops("job", text);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("is no id of a job, which is a UUID");
        assertThat(server().requests()).isEmpty();
    }

    @Test
    void printsWhatWasPrinted() {
        server().answers(JobAnswers.JOB + "/output", 200, "a\nb\u001b[2J");
        assertThat(ops("job", JobAnswers.ID, "--output").out()).isEqualTo("a\nb\\x1b[2J" + System.lineSeparator());
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        assertThat(ops("job", JobAnswers.ID, "--output", "--result").out())
                .endsWith("ans = 5\n")
                .startsWith("a\n");
    }

    @Test
    void printsTheResultAsACallWould() {
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        assertThat(ops("job", JobAnswers.ID, "--result")).isEqualTo(new Ran(0, "ans = 5\n", ""));
        assertThat(server().onlyRequest().target()).isEqualTo(JobAnswers.RESULT + "?format=large&nan=string");
    }

    @Test
    void printsTheResultAsItWasAskedForWithJson() {
        server().answers(JobAnswers.RESULT, 200, "{\"lhs\":[5]}");
        assertThat(ops("job", JobAnswers.ID, "--result", "--json").out().strip())
                .isEqualTo("{\"lhs\":[5]}");
        assertThat(server().onlyRequest().target()).isEqualTo(JobAnswers.RESULT);
    }

    @Test
    void endsAsACallForAFunctionThatThrew() {
        server().answers(
                        JobAnswers.RESULT,
                        200,
                        "{\"error\":{\"message\":\"sizes differ\",\"stack\":[{\"name\":\"add\",\"line\":7}]}}");
        Ran ran = ops("job", JobAnswers.ID, "--result");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err().lines()).containsExactly("error: sizes differ", "error: called from", "    add at line 7");
    }

    @Test
    void saysThatThereIsNoResultYet() {
        server().answers(JobAnswers.RESULT, 409, "{\"detail\":\"the job is RUNNING and has no result yet\"}");
        Ran ran = ops("job", JobAnswers.ID, "--result");
        assertThat(ran)
                .isEqualTo(new Ran(1, "", "error: the job is RUNNING and has no result yet" + System.lineSeparator()));
    }

    @Test
    void followsThroughAConnectionThatBreaks() {
        server().answers(JobAnswers.EVENTS, 200, JobAnswers.state(1, "RUNNING") + JobAnswers.output(0, "one\ntw"));
        server().answers(JobAnswers.EVENTS, 503, "{\"detail\":\"the server stops\"}");
        server().answers(JobAnswers.EVENTS, 200, JobAnswers.output(6, "o\n") + JobAnswers.state(2, "RETURNED"));
        server().answers(JobAnswers.JOB, 200, JobAnswers.job("RUNNING"));
        server().answers(JobAnswers.RESULT, 502, "proxy");
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        Ran ran = ops("job", JobAnswers.ID, "--follow");
        assertThat(ran.out()).isEqualTo("one\ntwo\nans = 5\n");
        assertThat(ran.err()).contains("trying again for 60 s").contains("the server answers again");
        assertThat(ran.status()).isZero();
        assertThat(server().requests())
                .filteredOn(request -> request.target().equals(JobAnswers.EVENTS))
                .extracting(request -> request.header("Last-Event-ID").orElse("-"))
                .containsExactly("-", "1.1.6", "1.1.6");
    }

    @Test
    void saysThatAJobRunsAgain() {
        String second = JobAnswers.job(JobAnswers.ID, "RUNNING", "\"attempt\":2,");
        server().answers(
                        JobAnswers.EVENTS,
                        200,
                        JobAnswers.state(1, "RUNNING")
                                + JobAnswers.event("state", "3.2.0", second)
                                + JobAnswers.state(4, "RETURNED"));
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        assertThat(ops("job", JobAnswers.ID, "--follow").err()).contains("it runs again from its beginning, attempt 2");
    }

    @Test
    void showsOneThatEndedBeforeAtOnce() {
        server().answers(JobAnswers.EVENTS, 204, "");
        server().answers(JobAnswers.JOB, 200, JobAnswers.job("RETURNED"));
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        assertThat(ops("job", JobAnswers.ID, "--follow").out()).isEqualTo("ans = 5\n");
    }

    /** The status of a job that failed is one that would pass, if it were the server's. */
    @Test
    void endsWithTheReasonOfAJobThatFailed() {
        server().answers(JobAnswers.EVENTS, 200, JobAnswers.state(1, "ERROR"));
        server().answers(JobAnswers.RESULT, 504, "{\"detail\":\"ran past 2h\"}");
        Ran ran = ops("job", JobAnswers.ID, "--follow");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err().lines()).containsExactly("ERROR", "error: ran past 2h");
    }

    @Test
    void doesNotWaitForAJobThatIsNotThere() {
        server().answers(JobAnswers.EVENTS, 404, "{\"detail\":\"there is no such job\"}");
        assertThat(ops("job", JobAnswers.ID, "--follow"))
                .isEqualTo(new Ran(1, "", "error: there is no such job" + System.lineSeparator()));
    }

    @Test
    void drawsABarInATerminal() {
        server().answers(
                        JobAnswers.EVENTS,
                        200,
                        JobAnswers.state(1, "RUNNING")
                                + JobAnswers.event("progress", "1.1.0", "{\"fraction\":0.5,\"message\":\"half\"}")
                                + JobAnswers.state(2, "RETURNED"));
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        Surroundings terminal = new Surroundings(Map.of("OPS_SERVER", server().address()), temp, OptionalInt.of(60));
        Ran ran = Ran.ops(terminal, "job", JobAnswers.ID, "--follow");
        assertThat(ran.out())
                .contains("[##########..........]  50 %  half\r\033[K")
                .endsWith("\r\033[Kans = 5\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void losesPatienceInTheEnd() {
        List<String> notes = new ArrayList<>();
        Patience patience = new Patience(Duration.ZERO, Duration.ZERO, notes::add);
        CommandFailure gone = new CommandFailure(ExitStatus.UNREACHABLE, "it refuses connections\nmore");
        assertThatThrownBy(() -> patience.bear(gone)).isSameAs(gone);
        assertThat(notes).containsExactly("it refuses connections; trying again for 0 s");
    }

    @Test
    void waitsFreshlyAfterEachAnswer() {
        List<String> notes = new ArrayList<>();
        Patience patience = new Patience(Duration.ofHours(1), Duration.ZERO, notes::add);
        CommandFailure busy = new CommandFailure(ExitStatus.REFUSED, "busy", true);
        patience.bear(busy);
        patience.bear(busy);
        patience.answered();
        patience.answered();
        patience.bear(busy);
        assertThat(notes)
                .containsExactly(
                        "busy; trying again for 3600 s", "the server answers again", "busy; trying again for 3600 s");
    }
}
