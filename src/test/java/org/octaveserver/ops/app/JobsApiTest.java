package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;

/** OPS's own resources of jobs. */
class JobsApiTest extends JobFacesFixture {
    private static final String JOBS = "/api/v1/jobs";

    private JobId submitted() {
        return jobs().submit(Optional.empty(), "web");
    }

    private JobId returned() {
        JobId id = submitted();
        jobs().run(id).begins();
        jobs().run(id).prints("one\n");
        jobs().run(id).returns(4);
        jobs().awaited(id, JobState.RETURNED);
        return id;
    }

    private static String one(JobId id) {
        return JOBS + "/" + id;
    }

    private static void assertProblem(HttpResponse<String> response, int status, ErrorCode code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("code").asText()).as(response.body()).isEqualTo(code.name());
    }

    private CompletableFuture<HttpResponse<String>> asking(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void tellsAllThatIsKnown() {
        JobId id = returned();

        JsonNode job = ok(get(one(id)));

        assertThat(job.get("state").asText()).isEqualTo("RETURNED");
        assertThat(job.get("mpsState").asText()).isEqualTo("READY");
        assertThat(job.get("bundle").asText() + " " + job.get("version").asText())
                .isEqualTo("demo 1.0.0");
        assertThat(job.get("release").asInt()).isEqualTo(7);
        assertThat(job.get("client").asText()).isEqualTo("web");
        assertThat(job.get("progress").get("fraction").asDouble()).isEqualTo(1);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(job.get("limits").get("timeout").asText()).isEqualTo("24h");
        assertThat(job.get("accepted").asText())
                .isLessThanOrEqualTo(job.get("ended").asText());
        assertThat(job.has("principal") || job.has("problem") || job.has("deleted"))
                .isFalse();
    }

    @Test
    void listsNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, submitted().toString());
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = ok(get(JOBS + "?limit=2" + next));
            page.get("jobs").forEach(job -> seen.add(job.get("id").asText()));
            submitted();
            next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
        } while (!next.isEmpty());

        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void listsWhatIsAskedFor() {
        JobId done = returned();
        JobId open = submitted();

        assertThat(ok(get(JOBS + "?state=returned,THREW")).findValuesAsText("id"))
                .containsExactly(done.toString());
        assertThat(ok(get(JOBS + "?state=QUEUED,CLAIMED&bundle=demo@1.0.0")).findValuesAsText("id"))
                .containsExactly(open.toString());
        assertThat(ok(get(JOBS + "?bundle=other")).get("jobs")).isEmpty();
        assertThat(ok(get(JOBS + "?until=2020-01-01T00:00:00Z")).get("jobs")).isEmpty();
        assertThat(ok(get(JOBS + "?since=2020-01-01T00:00:00%2B01:00")).get("jobs"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0",
        "?limit=501",
        "?limit=many",
        "?limit=-1",
        "?cursor=nonsense",
        "?cursor=%00",
        "?state=SLEEPING",
        "?since=yesterday",
        "?since=%2B999999999-01-01T00:00:00Z",
        "?until=2026-13-01T00:00:00Z",
        "?sort=id",
        "?limit=1&limit=2"
    })
    void refusesOtherQueries(String query) {
        assertProblem(get(JOBS + query), 400, ErrorCode.INVALID_INPUT);
    }

    @Test
    void showsEachToItsOwnerAndAllToTheOperator() {
        JobId hers = jobs().submit(Optional.of("ann"), "");
        JobId his = submitted();

        assertThat(ok(get(JOBS)).findValuesAsText("id")).containsExactly(his.toString());
        assertThat(ok(send(asAdmin(request(JOBS)))).findValuesAsText("id"))
                .containsExactly(his.toString(), hers.toString());
        assertThat(ok(send(asAdmin(request(JOBS + "?principal=ann")))).findValuesAsText("id"))
                .containsExactly(hers.toString());
        assertProblem(get(JOBS + "?principal=ann"), 403, ErrorCode.FORBIDDEN);
        for (String part : List.of("", "/result", "/output", "/events", "?wait=1s")) {
            assertProblem(get(one(hers) + part), 404, ErrorCode.JOB_NOT_FOUND);
        }
        assertProblem(send("DELETE", one(hers)), 404, ErrorCode.JOB_NOT_FOUND);
        assertProblem(send("POST", one(hers) + "/cancel"), 404, ErrorCode.JOB_NOT_FOUND);
        assertProblem(send(request(JOBS).header("X-Forwarded-For", "10.1.1.1")), 401, ErrorCode.UNAUTHENTICATED);
        assertProblem(
                send(request(one(his) + "/events").header("X-Forwarded-For", "10.1.1.1")),
                401,
                ErrorCode.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "%20", "0-0-0-0-0", "00000000-0000-7000-8000-00000000000g"})
    void refusesWhatIsNoId(String id) {
        for (String part : List.of("", "/result", "/output", "/events")) {
            assertProblem(get(JOBS + "/" + id + part), 400, ErrorCode.INVALID_JOB_ID);
        }
        assertProblem(send("DELETE", JOBS + "/" + id), 400, ErrorCode.INVALID_JOB_ID);
    }

    @Test
    void dismissesWhatRunsAndThenWhatHasFinished() {
        JobId id = submitted();
        jobs().run(id).begins();

        assertThat(ok(send("DELETE", one(id))).get("state").asText()).isEqualTo("CANCELLED");
        assertThat(send("DELETE", one(id)).statusCode()).isEqualTo(204);
        assertProblem(send("DELETE", one(id)), 410, ErrorCode.JOB_DELETED);
        assertProblem(get(one(id) + "/result"), 410, ErrorCode.JOB_DELETED);
        assertProblem(get(one(id) + "/output"), 410, ErrorCode.JOB_DELETED);
        assertThat(ok(get(one(id))).get("state").asText()).isEqualTo("DELETED");
        assertThat(ok(get(JOBS)).get("jobs")).isEmpty();
    }

    @Test
    void cancelsOnlyWhatHasNotFinished() {
        JobId open = submitted();
        JobId done = returned();

        JsonNode cancelled = ok(send("POST", one(open) + "/cancel"));

        assertThat(cancelled.get("problem").get("message").asText()).isEqualTo("cancelled by anonymous");
        assertProblem(send("POST", one(open) + "/cancel"), 410, ErrorCode.JOB_CANCELLED);
        assertProblem(send("POST", one(done) + "/cancel"), 410, ErrorCode.JOB_FINISHED);
        assertThat(jobs().service().cancelled()).isEqualTo(1);
        assertProblem(get(one(open) + "/result"), 410, ErrorCode.JOB_CANCELLED);
    }

    @Test
    void answersTheResultInTheFormatAskedFor() {
        JobId id = returned();

        assertThat(get(one(id) + "/result").body()).isEqualTo("{\"lhs\":[4]}");
        assertThat(get(one(id) + "/result?format=large&nan=object").body())
                .isEqualTo("{\"lhs\":[{\"mwdata\":[4],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}");
        assertProblem(get(one(id) + "/result?format=medium"), 400, ErrorCode.INVALID_INPUT);
        assertProblem(get(one(id) + "/result?nan=none"), 400, ErrorCode.INVALID_INPUT);
        assertProblem(get(one(submitted()) + "/result"), 409, ErrorCode.JOB_NOT_FINISHED);
        assertProblem(send("POST", one(id) + "/result"), 405, ErrorCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void answersWhatWasPrintedSoFarAndInTheEnd() {
        JobId id = submitted();
        jobs().run(id).begins();
        jobs().run(id).prints("so far: ä\n");

        HttpResponse<String> soFar = get(one(id) + "/output");
        jobs().run(id).prints("and more\n");
        jobs().run(id).fails(ErrorCode.CPU_LIMIT, "it used 2 h");
        jobs().awaited(id, JobState.ERROR);

        assertThat(soFar.body()).isEqualTo("so far: ä\n");
        assertThat(soFar.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(get(one(id) + "/output").body()).isEqualTo("so far: ä\nand more\n");
        assertProblem(get(one(id) + "/result"), 504, ErrorCode.CPU_LIMIT);
        assertThat(ok(get(one(id))).get("problem").get("code").asText()).isEqualTo("CPU_LIMIT");
    }

    @Test
    void waitsForTheEndOrForAChange() throws Exception {
        JobId id = submitted();
        jobs().run(id);
        long known = ok(get(one(id))).get("sequence").asLong();
        CompletableFuture<HttpResponse<String>> end = asking(one(id) + "?wait=20s");
        CompletableFuture<HttpResponse<String>> change = asking(one(id) + "?wait=20s&since=" + known);

        jobs().run(id).begins();
        JsonNode running = ok(change.get());
        boolean early = end.isDone();
        jobs().run(id).returns(1);

        assertThat(running.get("state").asText()).isEqualTo("RUNNING");
        assertThat(early).isFalse();
        assertThat(ok(end.get()).get("state").asText()).isEqualTo("RETURNED");
        assertThat(ok(get(one(id) + "?wait=20s")).get("state").asText()).isEqualTo("RETURNED");
        assertThat(ok(get(one(submitted()) + "?wait=50ms")).has("ended")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"?wait=61s", "?wait=long", "?wait=-1s", "?wait=", "?wait=1s&since=x", "?since=-1"})
    void refusesOtherWaits(String query) {
        assertProblem(get(one(submitted()) + query), 400, ErrorCode.INVALID_INPUT);
    }

    @Test
    void noMoreThanSoManyWatch() throws Exception {
        JobId id = submitted();
        jobs().run(id);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(asking(one(id) + "?wait=20s"));
        }
        HttpResponse<String> refused =
                Awaitility.await().until(() -> get(one(id) + "?wait=50ms"), response -> response.statusCode() == 503);

        assertProblem(refused, 503, ErrorCode.TOO_MANY_WATCHES);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertProblem(get(one(id) + "/events"), 503, ErrorCode.TOO_MANY_WATCHES);
        jobs().run(id).begins();
        jobs().run(id).returns(1);
        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThat(ok(one.get()).get("state").asText()).isEqualTo("RETURNED");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> get(one(submitted()) + "?wait=10ms").statusCode() == 200);
    }
}
