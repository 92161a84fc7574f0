package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;

/** Every state of an asynchronous request, by MPS's URLs (MPS RESTful API, "Asynchronous Execution"). */
class MpsRequestsTest extends JobFacesFixture {
    private String up() {
        return "/~" + jobs().service().instance() + "/requests";
    }

    private String self(JobId id) {
        return up() + "/" + id;
    }

    private JobId submitted() {
        return jobs().submit(Optional.empty(), "Nor101");
    }

    /** One that is so far. */
    private JobId inState(String state) {
        JobId id = submitted();
        switch (state) {
            case "IN_QUEUE" -> jobs().run(id);
            case "PROCESSING" -> jobs().run(id).begins();
            case "READY" -> {
                jobs().run(id).begins();
                jobs().run(id).returns(4);
                jobs().awaited(id, JobState.RETURNED);
            }
            case "ERROR" -> {
                jobs().run(id).begins();
                jobs().run(id).fails(ErrorCode.MEMORY_LIMIT, "its worker had 3 GB");
                jobs().awaited(id, JobState.ERROR);
            }
            case "CANCELLED" ->
                assertThat(send("POST", self(id) + "/cancel").statusCode()).isEqualTo(204);
            case "DELETED" -> {
                JobId ready = inState("READY");
                assertThat(send("DELETE", self(ready)).statusCode()).isEqualTo(204);
                return ready;
            }
            default -> throw new IllegalArgumentException(state);
        }
        return id;
    }

    private static void assertError(HttpResponse<String> response, int status, String messageId) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode error = json(response).get("error");
        assertThat(error.get("type").asText()).isEqualTo("httperror");
        assertThat(error.get("code").asInt()).isEqualTo(status);
        assertThat(error.get("messageId").asText()).isEqualTo(messageId);
        assertThat(error.get("message").asText()).isNotEmpty();
    }

    private static void assertAnswer(HttpResponse<String> response, int status, String messageId) {
        if (messageId.isEmpty()) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        } else {
            assertError(response, status, messageId);
        }
        if (status == 204) {
            assertThat(response.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IN_QUEUE, 204, ''",
        "PROCESSING, 204, ''",
        "READY, 200, ''",
        "ERROR, 504, MemoryLimit",
        "CANCELLED, 410, RequestAlreadyCancelled",
        "DELETED, 410, RequestAlreadyDeleted"
    })
    void answersTheResult(String state, int status, String messageId) {
        assertAnswer(get(self(inState(state)) + "/result"), status, messageId);
    }

    @ParameterizedTest
    @CsvSource({
        "IN_QUEUE, 204, ''",
        "PROCESSING, 204, ''",
        "READY, 410, RequestAlreadyCompleted",
        "ERROR, 410, RequestAlreadyCompleted",
        "CANCELLED, 410, RequestAlreadyCancelled",
        "DELETED, 410, RequestAlreadyDeleted"
    })
    void cancels(String state, int status, String messageId) {
        JobId id = inState(state);

        assertAnswer(send("POST", self(id) + "/cancel"), status, messageId);

        if (status == 204) {
            assertThat(ok(get(self(id))).get("state").asText()).isEqualTo("CANCELLED");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IN_QUEUE, 409, RequestNotCompleted",
        "PROCESSING, 409, RequestNotCompleted",
        "READY, 204, ''",
        "ERROR, 204, ''",
        "CANCELLED, 204, ''",
        "DELETED, 410, RequestAlreadyDeleted"
    })
    void deletes(String state, int status, String messageId) {
        JobId id = inState(state);

        assertAnswer(send("DELETE", self(id)), status, messageId);

        if (status == 204) {
            assertError(get(self(id)), 404, "RequestNotFound");
            assertError(get(self(id) + "/info"), 404, "RequestNotFound");
        }
    }

    @ParameterizedTest
    @CsvSource({"IN_QUEUE", "PROCESSING", "READY", "ERROR", "CANCELLED"})
    void showsTheState(String state) {
        JobId id = inState(state);

        JsonNode representation = ok(get(self(id)));
        JsonNode info = ok(get(self(id) + "/info"));

        assertThat(representation.toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"self\":\"" + self(id) + "\",\"up\":\"" + up()
                        + "\",\"lastModifiedSeq\":" + representation.get("lastModifiedSeq") + ",\"state\":\"" + state
                        + "\",\"client\":\"Nor101\"}");
        assertThat(info.toString())
                .isEqualTo("{\"request\":\"" + self(id) + "\",\"lastModifiedSeq\":"
                        + representation.get("lastModifiedSeq") + ",\"state\":\"" + state + "\"}");
    }

    @Test
    void theResultOfAFunctionThatThrewIsItsError() {
        JobId id = submitted();
        jobs().run(id).begins();
        jobs().run(id).throwsError("demo:bad", "sizes differ");
        jobs().awaited(id, JobState.THREW);

        assertThat(ok(get(self(id) + "/result")).toString())
                .isEqualTo("{\"error\":{\"type\":\"matlaberror\",\"id\":\"demo:bad\",\"message\":\"sizes differ\","
                        + "\"stack\":[{\"file\":\"f.m\",\"name\":\"f\",\"line\":3}]}}");
        assertThat(ok(get(self(id))).get("state").asText()).isEqualTo("READY");
    }

    @Test
    void theResultHasTheFormatOfItsSubmission() {
        JobId large = jobs().submit(Optional.empty(), "", "1 large string");
        JobId other = jobs().submit(Optional.empty(), "", "2 of another version");
        JobId small = jobs().submit(Optional.empty(), "", "1 small object");
        for (JobId id : new JobId[] {large, other, small}) {
            jobs().run(id).begins();
            jobs().run(id).returns(Double.NaN);
            jobs().awaited(id, JobState.RETURNED);
        }

        assertThat(get(self(large) + "/result").body())
                .isEqualTo("{\"lhs\":[{\"mwdata\":[\"NaN\"],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}")
                .isEqualTo(get(self(other) + "/result").body());
        assertThat(get(self(small) + "/result").body()).isEqualTo("{\"lhs\":[{\"mwdata\":\"NaN\"}]}");
    }

    @Test
    void whatWillNotPassLaterIsNotToBeTriedAgain() {
        JobId id = submitted();
        jobs().run(id).begins();
        jobs().run(id).fails(ErrorCode.WORKER_START_FAILED, "there is no worker");
        jobs().awaited(id, JobState.ERROR);

        HttpResponse<String> response = get(self(id) + "/result");

        assertError(response, 503, "WorkerStartFailed");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nonsense, 400, NoMatchForQueryParams",
        "GET, /nonsense/info, 400, NoMatchForQueryParams",
        "GET, /nonsense/result, 400, NoMatchForQueryParams",
        "POST, /..%00/cancel, 400, ''",
        "POST, /%7e/cancel, 400, NoMatchForQueryParams",
        "DELETE, /0-0-0-0-0, 400, NoMatchForQueryParams",
        "GET, /00000000-0000-7000-8000-000000000000, 404, RequestNotFound",
        "GET, /00000000-0000-7000-8000-000000000000/info, 404, RequestNotFound",
        "GET, /00000000-0000-7000-8000-000000000000/result, 404, RequestNotFound",
        "POST, /00000000-0000-7000-8000-000000000000/cancel, 404, RequestNotFound",
        "DELETE, /00000000-0000-7000-8000-000000000000, 404, RequestNotFound",
        "GET, /00000000-0000-7000-8000-000000000000/other, 404, ResourceNotFound",
        "GET, /00000000-0000-7000-8000-000000000000/result/more, 404, ResourceNotFound",
        "POST, '', 405, BadMethod",
        "PUT, /00000000-0000-7000-8000-000000000000, 405, BadMethod",
        "POST, /00000000-0000-7000-8000-000000000000/result, 405, BadMethod",
        "GET, /00000000-0000-7000-8000-000000000000/cancel, 405, BadMethod",
        "OPTIONS, '', 401, NotAuthorized"
    })
    void refusesWhatIsNoRequest(String method, String path, int status, String messageId) {
        HttpResponse<String> response = send(method, up() + path);

        if (messageId.isEmpty()) {
            assertThat(response.statusCode()).isEqualTo(status);
        } else {
            assertError(response, status, messageId);
        }
        assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @CsvSource({"/~", "/~/requests", "/~x", "/~x/requests", "/~x/requests/y/result", "/~x/other"})
    void refusesAnotherInstance(String path) {
        assertError(get(path), 404, "ResourceNotFound");
        assertError(get(path.replace("x", UUID.randomUUID().toString())), 404, "ResourceNotFound");
        assertError(send("POST", path), 404, "ResourceNotFound");
    }

    @Test
    void othersJobsAreNotThere() {
        JobId hers = jobs().submit(Optional.of("ann"), "x");

        assertError(get(self(hers)), 404, "RequestNotFound");
        assertError(get(self(hers) + "/result"), 404, "RequestNotFound");
        assertError(send("POST", self(hers) + "/cancel"), 404, "RequestNotFound");
        assertError(send("DELETE", self(hers)), 404, "RequestNotFound");
        assertThat(ok(get(up() + "?since=0&clients=x")).get("data")).isEmpty();
        assertThat(ok(get(up() + "?since=0&ids=" + hers)).get("data")).isEmpty();
        assertThat(ok(send(asAdmin(request(self(hers))))).get("id").asText()).isEqualTo(hers.toString());
    }

    @Test
    void tellsManyChangesInPagesThatLeaveNothingOut() {
        Set<String> submitted = new HashSet<>();
        for (int i = 0; i < 1500; i++) {
            submitted.add(self(jobs().submit(Optional.empty(), "many")));
        }
        JsonNode first = ok(get(up() + "?since=0&clients=many"));
        long next = first.get("createdSeq").asLong();
        JsonNode second = ok(get(up() + "?since=" + next + "&clients=many"));

        assertThat(first.get("data")).hasSize(1000);
        assertThat(first.get("data").get(999).get("lastModifiedSeq").asLong()).isEqualTo(next);
        assertThat(second.get("createdSeq").asLong()).isGreaterThan(next);
        Set<String> told = new HashSet<>();
        List.of(first, second)
                .forEach(page ->
                        page.get("data").forEach(one -> told.add(one.get("self").asText())));
        assertThat(told).isEqualTo(submitted);
    }

    @Test
    void tellsWhatHasChangedSince() {
        JobId first = jobs().submit(Optional.empty(), "a");
        JobId second = jobs().submit(Optional.empty(), "b c");
        long since = ok(get(self(second))).get("lastModifiedSeq").asLong();
        jobs().run(second).begins();

        JsonNode all = ok(get(up() + "?since=0&clients=a,b%20c,nobody"));
        JsonNode byId = ok(get(up() + "?ids=" + second + "," + UUID.randomUUID() + "&since=" + since));

        assertThat(all.get("createdSeq").asLong()).isGreaterThanOrEqualTo(since);
        assertThat(all.get("data")).hasSize(2);
        assertThat(byId.get("data")).hasSize(1);
        JsonNode changed = byId.get("data").get(0);
        assertThat(changed.get("self").asText()).isEqualTo(self(second));
        assertThat(changed.get("state").asText()).isEqualTo("PROCESSING");
        long last = changed.get("lastModifiedSeq").asLong();
        assertThat(ok(get(up() + "?since=" + last + "&clients=b+c")).get("data"))
                .hasSize(1);
        assertThat(ok(get(up() + "?since=" + (last + 1) + "&ids=" + second)).get("data"))
                .isEmpty();
        assertThat(ok(get(up() + "?since=0&ids=" + first)).get("data")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MissingParamSince",
        "?clients=a, MissingParamSince",
        "?since=&clients=a, MissingParamSince",
        "?since=1, MissingQueryParams",
        "?since=1&clients=, MissingQueryParams",
        "'?since=1&ids=,', MissingQueryParams",
        "?since=-1&clients=a, NoMatchForQueryParams",
        "?since=1.5&clients=a, NoMatchForQueryParams",
        "?since=x&clients=a, NoMatchForQueryParams",
        "?since=9999999999999999999999&clients=a, NoMatchForQueryParams",
        "?since=1&ids=nonsense, NoMatchForQueryParams",
        "?since=1&clients=a&ids=00000000-0000-7000-8000-000000000000, NoMatchForQueryParams",
        "?since=1&since=2&clients=a, InvalidInput"
    })
    void refusesQueriesForChanges(String query, String messageId) {
        assertError(get(up() + query), 400, messageId);
    }

    @Test
    void takesALimitedNumberOfClients() {
        String some = "c,".repeat(900)
                + String.join(
                        ",",
                        java.util.stream.IntStream.range(0, 1000)
                                .mapToObj(Integer::toString)
                                .toList());

        HttpResponse<String> response = get(up() + "?since=0&clients=" + some);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("more than 1000 members");
    }

    @Test
    void asksForAsManyIdsAsFitIntoTheHeadOfARequest() {
        JobId id = inState("READY");
        List<String> ids = new ArrayList<>(
                Stream.generate(() -> UUID.randomUUID().toString()).limit(199).toList());
        ids.add(id.toString());

        HttpResponse<String> response = get(up() + "?since=0&ids=" + String.join(",", ids));

        assertThat(ok(response).get("data").findValuesAsText("self")).containsExactly(self(id));
    }

    @Test
    void aStoreThatIsAwayIsNotTheClientsFault() {
        JobId id = inState("READY");
        jobs().store().away(true);

        for (String path : new String[] {self(id), self(id) + "/result", up() + "?since=0&clients=a"}) {
            HttpResponse<String> response = get(path);
            assertError(response, 503, "JobStoreUnavailable");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
        }
        assertError(send("DELETE", self(id)), 503, "JobStoreUnavailable");
        jobs().store().away(false);
        assertThat(ok(get(self(id))).get("state").asText()).isEqualTo("READY");
    }

    @Test
    void eachAnswerHasAnId() {
        assertThat(get(up()).headers().firstValue("OPS-Request-Id")).isPresent();
        assertThat(get(self(inState("READY")) + "/result").headers().firstValue("OPS-Request-Id"))
                .isPresent();
    }
}
