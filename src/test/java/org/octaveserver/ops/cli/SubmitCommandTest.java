package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing in jobs. */
class SubmitCommandTest extends CommandsOverHttp {
    private static final String ACCEPTED =
            "{\"id\":\"" + JobAnswers.ID + "\",\"self\":\"/~u/requests/x\",\"state\":\"IN_QUEUE\"}";

    @BeforeEach
    void accept() {
        server().answers("/b/f", 201, ACCEPTED);
    }

    @Test
    void printsTheIdAlone() {
        assertThat(ops("submit", "b/f", "4", "-5")).isEqualTo(new Ran(0, JobAnswers.ID + System.lineSeparator(), ""));
        FakeServer.Request request = server().onlyRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /b/f?mode=async");
        assertThat(request.text()).startsWith("{\"nargout\":1,\"rhs\":[4,-5],");
        assertThat(request.header("Idempotency-Key")).isEmpty();
    }

    @Test
    void saysWhoItIs() {
        ops("submit", "b/f", "--client", "Nør 101&x");
        assertThat(server().onlyRequest().target()).isEqualTo("/b/f?mode=async&client=N%C3%B8r%20101%26x");
    }

    @ParameterizedTest
    @CsvSource({"a b,'\"a b\"'", "'a\"b\\c','\"a\\\"b\\\\c\"'"})
    void sendsTheKeyAsAStructuredField(String key, String header) {
        ops("submit", "b/f", "--key", key);
        assertThat(server().onlyRequest().header("Idempotency-Key")).contains(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ä", "a\nb"})
    void refusesWhatCannotBeAKey(String key) {
        Ran ran = ops("submit", "b/f", "--key=" + key);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--key: 1 to 255 printable ASCII characters");
        assertThat(server().requests()).isEmpty();
    }

    @Test
    void refusesWhatACallRefuses() {
        assertThat(ops("submit", "f").err()).contains("BUNDLE/FUNCTION");
        assertThat(ops("submit", "b/f", "--wiat").err()).contains("unknown option: --wiat");
        assertThat(ops("submit", "b/f", "--nargout", "-1").status()).isEqualTo(2);
        assertThat(server().requests()).isEmpty();
    }

    @Test
    void printsWhatTheServerAnsweredWithJson() {
        assertThat(ops("submit", "b/f", "--json").out().strip()).isEqualTo(ACCEPTED);
    }

    @Test
    void saysWhyAJobWasRefused() {
        server().answers("/b/g", 422, "{\"error\":{\"message\":\"the key was used before\"}}");
        assertThat(ops("submit", "b/g", "--key", "k"))
                .isEqualTo(new Ran(1, "", "error: the key was used before" + System.lineSeparator()));
    }

    @Test
    void waitsAndPrintsTheResultAlone() {
        server().answers(
                        JobAnswers.EVENTS,
                        200,
                        JobAnswers.state(1, "RUNNING")
                                + JobAnswers.output(0, "printed")
                                + JobAnswers.state(2, "RETURNED"));
        server().answers(JobAnswers.RESULT, 200, JobAnswers.FIVE);
        Ran ran = ops("submit", "b/f", "--wait");
        assertThat(ran.out()).isEqualTo("ans = 5\n");
        assertThat(ran.err().lines()).containsExactly("job " + JobAnswers.ID, "RUNNING", "printed", "RETURNED");
        assertThat(ran.status()).isZero();
    }
}
