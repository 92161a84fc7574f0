package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What user code can do to its worker, and that the next call works all the same. */
class FailingFunctionsIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "2"));
        server.deploy(TestBundle.named("bad", "1.0.0", ",\"limits\":{\"timeout\":\"2s\"}")
                .function("r = fine (x)", "r = x + 1;")
                .function("throws (x)", "error ('bad:input', 'x is %d', x);")
                .function("r = anonymous ()", "f = @(x) x + undefined_thing;", "r = f (1);")
                .function("r = nested ()", "r = cellfun (@(x) fine (x, 1), {1, 2});")
                .function("thrown_struct ()", "error (struct ('message', 'from a struct', 'identifier', 'a:b'));")
                .function("r = parses (code)", "r = eval (code);")
                .function(
                        "r = inner ()",
                        "r = arrayfun (@helper, 1);",
                        "endfunction",
                        "function r = helper (x)",
                        "error ('deep:down', 'in the helper');")
                .function("r = starve ()", "kill (getpid (), 9);", "pause (10);")
                .function("r = library ()", "r = cell2mat (3);")
                .function("r = leave ()", "exit (4);")
                .function("r = crash ()", "kill (getpid (), 11);", "pause (10);")
                .function("chatter ()", "while (true) disp ('more and more'); endwhile")
                .function("r = ask ()", "r = input ('? ');")
                .function("r = key ()", "r = kbhit ();")
                .function("hang ()", "while (true) endwhile")
                .function("r = map ()", "r = containers.Map ();")
                .function("r = handle ()", "r = @sin;")
                .function("r = unset ()", "x = 1;")
                .function("r = memory ()", "r = zeros (1e6, 1e6);")
                .function("r = deep (n)", "r = {};", "for i = 1:n", "r = {r};", "endfor")
                .function("many ()", "many ();")
                .function("r = leave_behind ()", "system ('setsid sleep 4321 &');", "r = 1;")
                .function("r = leave_and_exit ()", "system ('setsid sleep 4322 &');", "exit (3);")
                .function("r = leave_and_hang ()", "system ('setsid sleep 4323 &');", "pause (100);", "r = 1;")
                .function("r = unlink_home ()", "confirm_recursive_rmdir (false);", "rmdir (pwd (), 's');", "r = 1;")
                .function("r = copy ()", "r = fork ();")
                .function("wipe ()", "clear all; close all; fclose all;"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theNextCallWorks() {
        assertThat(server.call("/bad/fine", 1, "[41]").get(0).asInt()).isEqualTo(42);
    }

    @Test
    void aFunctionThatThrowsAnswersItsErrorWithStatus200() {
        JsonNode error = server.callThatThrows("/bad/throws", 0, "[7]");

        assertThat(error.get("id").asText()).isEqualTo("bad:input");
        assertThat(error.get("message").asText()).isEqualTo("x is 7");
        assertThat(error.get("stack")).hasSize(1);
        assertThat(error.get("stack").get(0).get("file").asText()).isEqualTo("throws.m");
        assertThat(error.get("stack").get(0).get("name").asText()).isEqualTo("throws");
        assertThat(error.get("stack").get(0).get("line").asInt()).isEqualTo(2);
    }

    @Test
    void anErrorInAnAnonymousFunctionNamesTheFunctionAroundIt() {
        JsonNode error = server.callThatThrows("/bad/anonymous", 1, "[]");

        assertThat(error.get("id").asText()).isEqualTo("Octave:undefined-function");
        assertThat(error.get("message").asText()).contains("undefined_thing");
        assertThat(stack(error)).isEqualTo("anonymous.m:anonymous>@<anonymous>:2 anonymous.m:anonymous:3");
    }

    @Test
    void textThatDoesNotParseIsTheFunctionsError() {
        JsonNode error = server.callThatThrows("/bad/parses", 1, "[\"x = = 1\"]");

        assertThat(error.get("message").asText()).contains("parse error").contains("x = = 1");
        assertThat(stack(error)).isEqualTo("parses.m:parses:2");
    }

    @Test
    void theStackNamesAllFunctionsOfTheBundleOnTheWayAndNothingElse() {
        JsonNode error = server.callThatThrows("/bad/inner", 1, "[]");

        assertThat(error.get("id").asText()).isEqualTo("deep:down");
        assertThat(stack(error)).isEqualTo("inner.m:inner>helper:5 inner.m:inner:2");
    }

    @Test
    void framesOfOctavesOwnFunctionsAreNotTheUsers() {
        JsonNode error = server.callThatThrows("/bad/library", 1, "[]");

        assertThat(error.get("message").asText()).contains("cell2mat");
        assertThat(stack(error)).isEqualTo("library.m:library:2");
    }

    @Test
    void aFunctionOfNoBundleIsUndefinedAndSaysWhere() {
        JsonNode error = server.callThatThrows("/bad/parses", 1, "[\"nowhere (1)\"]");

        assertThat(error.get("id").asText()).isEqualTo("Octave:undefined-function");
        assertThat(error.get("message").asText()).startsWith("'nowhere' undefined");
        assertThat(stack(error)).isEqualTo("parses.m:parses:2");
    }

    @Test
    void theStackIsHiddenWhereTheOperatorWantsIt(@TempDir Path other) {
        try (TestServer hiding = TestServer.start(other, Map.of("ops.call.hide-error-stack", "true"))) {
            hiding.deploy(TestBundle.named("bad").function("throws (x)", "error ('bad:input', 'x is %d', x);"));

            assertThat(hiding.post("/bad/throws", "{\"nargout\":0,\"rhs\":[7]}").body())
                    .isEqualTo("{\"error\":{\"type\":\"matlaberror\",\"id\":\"bad:input\",\"message\":\"x is 7\","
                            + "\"stack\":[]}}");
        }
    }

    @Test
    void tooManyInputsSomewhereInsideAreTheFunctionsError() {
        assertThat(server.callThatThrows("/bad/nested", 1, "[]").get("message").asText())
                .contains("called with too many inputs");
    }

    @Test
    void tooManyInputsOrOutputsAreTheFunctionsErrorToo() {
        assertThat(server.callThatThrows("/bad/fine", 1, "[1,2]").get("message").asText())
                .contains("called with too many inputs");
        assertThat(server.callThatThrows("/bad/fine", 2, "[1]").get("message").asText())
                .contains("called with too many outputs");
    }

    @Test
    void anErrorThrownAsAStructKeepsItsIdentifier() {
        JsonNode error = server.callThatThrows("/bad/thrown_struct", 0, "[]");

        assertThat(error.get("id").asText()).isEqualTo("a:b");
        assertThat(error.get("message").asText()).isEqualTo("from a struct");
    }

    @Test
    void anOutputThatWasNeverSetIsTheFunctionsError() {
        assertThat(server.callThatThrows("/bad/unset", 1, "[]").get("message").asText())
                .contains("undefined");
    }

    @Test
    void memoryThatIsNotThereIsTheFunctionsError() {
        assertThat(server.callThatThrows("/bad/memory", 1, "[]").get("message").asText())
                .contains("out of memory");
    }

    @Test
    void recursionWithoutEndIsTheFunctionsError() {
        assertThat(server.callThatThrows("/bad/many", 0, "[]").get("message").asText())
                .contains("max_recursion_depth");
    }

    @Test
    void aFunctionThatExitsIsReportedWithItsStatus() {
        JsonNode error = fails("/bad/leave", 500);

        assertThat(error.get("messageId").asText()).isEqualTo("WorkerExited");
        assertThat(error.get("message").asText()).contains("exit status 4");
    }

    @Test
    void aFunctionThatSegfaultsIsReportedWithItsSignal() {
        JsonNode error = fails("/bad/crash", 500);

        assertThat(error.get("messageId").asText()).isEqualTo("WorkerCrashed");
        assertThat(error.get("message").asText()).contains("SIGSEGV");
    }

    @Test
    void aWorkerThatIsKilledIsReportedWithWhatMayHaveKilledIt() {
        JsonNode error = fails("/bad/starve", 500);

        assertThat(error.get("messageId").asText()).isEqualTo("WorkerCrashed");
        assertThat(error.get("message").asText()).contains("SIGKILL", "out of memory");
    }

    @Test
    void aFunctionThatPrintsWithoutEndIsStoppedAtItsDeadline() {
        assertThat(fails("/bad/chatter", 504).get("messageId").asText()).isEqualTo("CallTimeout");
    }

    @Test
    void aFunctionThatLoopsIsStoppedAtItsDeadlineWhichIsNamed() {
        Instant begin = Instant.now();

        JsonNode error = fails("/bad/hang", 504);

        assertThat(error.get("message").asText()).contains("2 s");
        assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    @Test
    void aFunctionThatReadsInputGetsNone() {
        assertThat(server.callThatThrows("/bad/ask", 1, "[]").get("message").asText())
                .contains("input");
        assertThat(server.post("/bad/key", "{\"nargout\":1,\"rhs\":[]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void anOutputWithoutEncodingIsReportedWithItsClass() {
        assertThat(fails("/bad/map", 500).get("message").asText())
                .startsWith("Function return type not supported")
                .contains("output 1", "containers.Map");
        assertThat(fails("/bad/handle", 500).get("message").asText())
                .startsWith("Function return type not supported")
                .contains("function handle");
    }

    @Test
    void anOutputNestedTooDeepIsReportedAndTheWorkerLives() {
        JsonNode error = server.callThatFails("/bad/deep", 500, "{\"nargout\":1,\"rhs\":[1000]}");

        assertThat(error.get("message").asText()).startsWith("Function return type not supported");
    }

    @Test
    void clearingEverythingHarmsNobody() {
        assertThat(server.post("/bad/wipe", "{\"nargout\":0,\"rhs\":[]}").statusCode())
                .isIn(200, 500);
    }

    /** The program holds whatever the worker had open, and is no member of its group any more. */
    @Test
    void aProgramThatLeftTheWorkersSessionHoldsUpNoCall() {
        server.call("/bad/leave_behind", 1, "[]");
        Instant begin = Instant.now();

        assertThat(fails("/bad/leave_and_exit", 500).get("messageId").asText()).isEqualTo("WorkerExited");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(server.callThatFails("/bad/leave_and_hang", 504, "{\"nargout\":1,\"rhs\":[]}")
                        .get("messageId")
                        .asText())
                .isEqualTo("CallTimeout");

        Awaitility.await()
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .filter(process ->
                                        process.info().commandLine().orElse("").matches(".*sleep 432[23]")))
                        .isEmpty());
    }

    @Test
    void aWorkerThatCannotBeResetIsNobodyElsesTrouble() {
        assertThat(server.call("/bad/unlink_home", 1, "[]").get(0).asInt()).isEqualTo(1);
        assertThat(server.call("/bad/fine", 1, "[1]").get(0).asInt()).isEqualTo(2);
    }

    @Test
    void aCopyOfTheWorkerAnswersNothing() {
        assertThat(server.call("/bad/copy", 1, "[]").get(0).asInt()).isPositive();
        for (int i = 0; i < 5; i++) {
            assertThat(server.call("/bad/fine", 1, "[" + i + "]").get(0).asInt())
                    .isEqualTo(i + 1);
        }
    }

    private static String stack(JsonNode error) {
        StringBuilder frames = new StringBuilder();
        for (JsonNode frame : error.get("stack")) {
            frames.append(' ')
                    .append(frame.get("file").asText())
                    .append(':')
                    .append(frame.get("name").asText())
                    .append(':')
                    .append(frame.get("line").asInt());
        }
        return frames.toString().strip();
    }

    private static JsonNode fails(String path, int status) {
        return server.callThatFails(path, status, "{\"nargout\":" + (status == 504 ? 0 : 1) + ",\"rhs\":[]}");
    }
}
