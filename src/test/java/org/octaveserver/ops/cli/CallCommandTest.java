package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallCommandTest {
    private FakeServer server;
    private Surroundings surroundings;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        server = new FakeServer();
        surroundings = new Surroundings(Map.of("OPS_SERVER", server.address()), home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ran call(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "call";
        System.arraycopy(args, 0, all, 1, args.length);
        return Ran.ops(surroundings, all);
    }

    @Test
    void sendsTheArgumentsDigitForDigit() {
        server.answers(200, "{\"lhs\":[]}");
        Ran ran = call("b/f", "9007199254740993", "[[1,2]]", "\"text\"", "-5", "-1.5e3", "--nargout", "0");
        assertThat(ran.err()).isEmpty();
        FakeServer.Request request = server.onlyRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /b/f");
        assertThat(request.type()).contains("application/json");
        assertThat(request.length()).contains(Integer.toString(request.bytes().length()));
        assertThat(request.text())
                .isEqualTo("{\"nargout\":0,\"rhs\":[9007199254740993,[[1,2]],\"text\",-5,-1.5e3],"
                        + "\"outputFormat\":{\"mode\":\"large\",\"nanInfFormat\":\"string\"}}");
    }

    @Test
    void keepsTheVersionInThePathAndEncodesTheRest() {
        server.answers(200, "{\"lhs\":[]}");
        call("b@1.0.0+x/pkg.f?g");
        assertThat(server.onlyRequest().target()).isEqualTo("/b@1.0.0%2Bx/pkg.f%3Fg");
    }

    @Test
    void sendsNoTokenWhenThereIsNone() {
        server.answers(200, "{\"lhs\":[]}");
        call("b/f");
        assertThat(server.onlyRequest().token()).isEmpty();
    }

    @Test
    void showsTheResultAsOctaveDoes() {
        server.answers(200, "{\"lhs\":[{\"mwdata\":[8,3,4,1,5,9,6,7,2],\"mwsize\":[3,3],\"mwtype\":\"double\"}]}");
        Ran ran = call("b/f", "3");
        assertThat(ran).isEqualTo(new Ran(0, "ans =\n\n   8   1   6\n   3   5   7\n   4   9   2\n\n", ""));
    }

    @Test
    void numbersSeveralOutputs() {
        server.answers(
                200,
                "{\"lhs\":[{\"mwdata\":[5],\"mwsize\":[1,1],\"mwtype\":\"double\"},"
                        + "{\"mwdata\":[\"hey\"],\"mwsize\":[1,3],\"mwtype\":\"char\"}],\"unknown\":{\"a\":[1]}}");
        assertThat(call("b/f", "--nargout", "2").out()).isEqualTo("ans1 = 5\nans2 = hey\n");
    }

    @Test
    void printsTheBodyAsItCameWithJson() {
        String body = "{\"lhs\":[{\"mwdata\":[5],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}";
        server.answers(200, body);
        Ran ran = call("b/f", "--json");
        assertThat(ran.out().strip()).isEqualTo(body);
        assertThat(ran.status()).isZero();
    }

    @Test
    void reportsAnOctaveErrorWithItsStack() {
        server.answers(
                200,
                "{\"error\":{\"type\":\"matlaberror\",\"id\":\"a:b\",\"message\":\"sizes differ\","
                        + "\"stack\":[{\"file\":\"add.m\",\"name\":\"add\",\"line\":7}]}}");
        Ran ran = call("b/f");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).containsExactly("error: sizes differ", "error: called from", "    add at line 7");
    }

    @Test
    void failsForAnOctaveErrorAlsoWithJson() {
        server.answers(200, "{\"error\":{\"type\":\"matlaberror\",\"message\":\"no\",\"stack\":[]}}");
        Ran ran = call("b/f", "--json");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("matlaberror");
    }

    @Test
    void reportsWhatTheServerRefused() {
        server.answers(
                404,
                "{\"error\":{\"type\":\"httperror\",\"code\":404,\"messageId\":\"FunctionNotFound\","
                        + "\"message\":\"Function not found\"}}");
        assertThat(call("b/f")).isEqualTo(new Ran(1, "", "error: Function not found" + System.lineSeparator()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"lhs\":5}", "<html>", "{\"lhs\":[", "{\"lhs\":[{\"mwtype\":\"double\"}]}"})
    void saysThatItCannotReadAnAnswer(String body) {
        server.answers(200, body);
        Ran ran = call("b/f");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).startsWith("error: cannot read what the server answered: ");
    }

    @Test
    void doesNotLetAnErrorMessageControlTheTerminal() {
        server.answers(200, "{\"error\":{\"message\":\"\\u001b[2Jgone\",\"stack\":[]}}");
        assertThat(call("b/f").err()).contains("\\x1b[2Jgone").doesNotContain("\033");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "it's", "{a:1}", "[1,", "1 2", "", "nul", "'x'"})
    void showsHowToQuoteWhatIsNoJson(String argument) {
        Ran ran = call("b/f", "1", argument);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("argument 2 is not JSON: " + argument);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void quotesAWordForJsonAndForTheShell() {
        assertThat(call("b/f", "it's").err()).contains("'\"it'\\''s\"'");
        assertThat(call("b/f", "NaN").err()).contains("'{\"mwdata\":\"NaN\"}'");
    }

    @Test
    void takesAMistypedOptionForWhatItIs() {
        Ran ran = call("b/f", "--nargut", "2");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("unknown option: --nargut");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "a/b/c", "/f", "b/", "/"})
    void refusesWhatNamesNoFunction(String target) {
        Ran ran = call(target);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("BUNDLE/FUNCTION");
    }

    @Test
    void refusesANegativeNumberOfOutputs() {
        assertThat(call("b/f", "--nargout=-1").status()).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }
}
