package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Looking at calls, and cancelling them. */
class CallsCommandTest extends CommandsOverHttp {
    @Test
    void listsThoseThatWaitOrRun() {
        server().answers(
                        200,
                        "{\"calls\":[{\"id\":\"a1\",\"bundle\":\"x@1.0.0\",\"function\":\"f\",\"principal\":\"admin\",\"since\":\"t\","
                                + "\"state\":\"running\",\"pid\":42},{\"id\":\"b2\",\"bundle\":\"y@2\",\"function\":\"p.g\","
                                + "\"since\":\"u\",\"state\":\"waiting\"}]}");
        assertThat(ops("calls").out().lines())
                .containsExactly(
                        "ID  BUNDLE   FUNCTION  BY     SINCE  STATE    PID",
                        "a1  x@1.0.0  f         admin  t      running  42",
                        "b2  y@2      p.g       -      u      waiting  -");
    }

    @Test
    void saysThatThereAreNone() {
        server().answers(200, "{\"calls\":[]}");
        assertThat(ops("calls").out()).isEqualTo("no call waits or runs\n");
    }

    @Test
    void cancelsThoseThatAreNamed() {
        server().answers(200, "{\"id\":\"a/1\",\"bundle\":\"x@1.0.0\",\"function\":\"f\",\"state\":\"running\"}");
        assertThat(ops("calls", "--cancel", "a/1").out()).isEqualTo("cancelled a/1, x@1.0.0 f, which was running\n");
        assertThat(server().onlyRequest().method()).isEqualTo("DELETE");
        assertThat(server().onlyRequest().target()).isEqualTo("/api/v1/calls/a%2F1");
    }

    @Test
    void aCallThatIsOverIsAFailure() {
        server().answers(404, "{\"detail\":\"no call with the id\"}");
        assertThat(ops("calls", "--cancel", "a").status()).isEqualTo(1);
    }
}
