package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Looking at releases, and going back. */
class ReleaseCommandsTest extends CommandsOverHttp {
    @Test
    void marksTheCurrentRelease() {
        server().answers(
                        200,
                        "{\"current\":3,\"releases\":[{\"number\":3,\"created\":\"t3\",\"by\":\"admin\",\"reason\":\"deploy x\","
                                + "\"bundles\":{\"x\":\"1.0.0\",\"y\":\"2\"}},{\"number\":2,\"created\":\"t2\",\"by\":\"admin\","
                                + "\"reason\":\"undeploy z\",\"bundles\":{}}]}");
        assertThat(ops("releases").out().lines())
                .containsExactly(
                        "RELEASE  CREATED  BY     REASON      BUNDLES",
                        "3 *      t3       admin  deploy x    x 1.0.0, y 2",
                        "2        t2       admin  undeploy z");
    }

    @Test
    void saysWhatARollBackWentBackToAndWhichReleaseIsDamaged() {
        server().answers(
                        200,
                        "{\"current\":9,\"releases\":[{\"number\":9,\"created\":\"t\",\"by\":\"a\",\"reason\":\"\",\"activated\":4,"
                                + "\"bundles\":{}},{\"number\":8,\"created\":\"t\",\"by\":\"a\",\"reason\":\"why\",\"activated\":4,"
                                + "\"bundles\":{}},{\"number\":7,\"problem\":\"release 7 is damaged: x\"}]}");
        assertThat(ops("releases").out().lines())
                .containsExactly(
                        "RELEASE  CREATED  BY  REASON                   BUNDLES",
                        "9 *      t        a   rollback to 4",
                        "8        t        a   why",
                        "7                     release 7 is damaged: x");
    }

    @Test
    void showsHowReleasesDiffer() {
        server().answers(
                        200,
                        "{\"from\":1,\"to\":2,\"bundles\":[{\"name\":\"a\",\"added\":[\"2.0\",\"2.1\"],\"removed\":[],\"changed\":"
                                + "[\"1.0\"],\"defaultBefore\":\"1.0\",\"defaultAfter\":\"2.1\"},{\"name\":\"b\",\"added\":[],"
                                + "\"removed\":[\"1.0\"],\"changed\":[],\"defaultBefore\":\"1.0\"},{\"name\":\"c\",\"runtimes\":["
                                + "{\"version\":\"1\",\"before\":\"default\",\"after\":\"o9\"}],\"pins\":[{\"version\":\"1\",\"bundle\":"
                                + "\"lib\",\"before\":\"1.0\",\"after\":\"1.1\"},{\"version\":\"1\",\"bundle\":\"m\",\"after\":\"2\"}],"
                                + "\"defaultBefore\":\"1\",\"defaultAfter\":\"1\"}]}");
        assertThat(ops("diff", "1", "2").out().lines())
                .containsExactly(
                        "NAME  ADDED     REMOVED  CHANGED  RUNTIME           PINS                               DEFAULT",
                        "a     2.0, 2.1  -        1.0      -                 -                                  1.0 -> 2.1",
                        "b     -         1.0      -        -                 -                                  1.0 -> none",
                        "c     -         -        -        1: default -> o9  1: lib 1.0 -> 1.1, 1: m none -> 2  1");
        assertThat(server().onlyRequest().target()).isEqualTo("/api/v1/releases/1/diff/2");
        server().answers(200, "{\"bundles\":[]}");
        assertThat(ops("diff", "1", "2").out()).contains("same content");
    }

    @Nested
    class Rollback {
        private static final String RELEASES = "{\"current\":5,\"releases\":[{\"number\":6,\"previous\":5},"
                + "{\"number\":5,\"previous\":3},{\"number\":3,\"previous\":0}],\"number\":6,\"changed\":true}";

        @Test
        void goesToTheOneBeforeByDefault() {
            server().answers(200, RELEASES);
            assertThat(ops("rollback", "--reason", "a b", "--if-release", "5").out())
                    .contains("release 6 has the content of release 3");
            FakeServer.Request request = server().requests().get(1);
            assertThat(request.method() + " " + request.target())
                    .isEqualTo("POST /api/v1/releases/3/activate?reason=a%20b&dryRun=false");
            assertThat(request.ifMatch()).contains("\"5\"");
        }

        private String target(String releases) {
            server().answers(200, "{\"number\":99,\"changed\":true," + releases + "}");
            Ran ran = ops("rollback");
            return ran.out().replaceAll("(?s)release 99 has the content of release (\\d+)\n", "$1") + ran.err();
        }

        @Test
        void doesNotUndoARollBackButGoesBeforeWhatThatWentTo() {
            assertThat(target("\"current\":6,\"releases\":[{\"number\":6,\"previous\":5,\"activated\":4},"
                            + "{\"number\":5,\"previous\":4},{\"number\":4,\"previous\":2}]"))
                    .isEqualTo("2");
            assertThat(target("\"current\":8,\"releases\":[{\"number\":8,\"previous\":7,\"activated\":6},"
                            + "{\"number\":6,\"previous\":5,\"activated\":4},{\"number\":4,\"previous\":3}]"))
                    .isEqualTo("3");
            assertThat(target("\"current\":3,\"releases\":[{\"number\":3,\"previous\":2,\"activated\":1},"
                            + "{\"number\":1,\"previous\":0}]"))
                    .contains("has the content of release 1, and there is none before that");
        }

        @Test
        void needsNothingOfTheOthersButTheirNumbers() {
            assertThat(target("\"current\":6,\"releases\":[{\"number\":6,\"problem\":\"x\"},"
                            + "{\"number\":5,\"previous\":4},{\"number\":2,\"problem\":\"y\"}]"))
                    .isEqualTo("5");
            assertThat(
                            target(
                                    "\"current\":6,\"releases\":[{\"number\":6,\"previous\":5,\"activated\":4},"
                                            + "{\"number\":5,\"problem\":\"x\"},{\"number\":4,\"problem\":\"x\"},{\"number\":3,\"previous\":0}]"))
                    .isEqualTo("3");
        }

        @Test
        void saysWhatChanges() {
            server().answers(
                            200,
                            "{\"number\":6,\"changed\":true,\"difference\":[{\"name\":\"a\",\"added\":[],\"removed\":[\"2.0\"],"
                                    + "\"changed\":[],\"runtimes\":[],\"pins\":[],\"defaultBefore\":\"2.0\",\"defaultAfter\":\"1.0\"}]}");
            assertThat(ops("rollback", "4").out().lines())
                    .containsExactly(
                            "release 6 has the content of release 4",
                            "NAME  ADDED  REMOVED  CHANGED  RUNTIME  PINS  DEFAULT",
                            "a     -      2.0      -        -        -     2.0 -> 1.0");
        }

        @Test
        void goesToTheOneThatIsNamed() {
            server().answers(200, RELEASES);
            assertThat(ops("rollback", "--dry-run", "4").out())
                    .contains("release 6 would have the content of release 4");
            assertThat(server().onlyRequest().target()).isEqualTo("/api/v1/releases/4/activate?reason=&dryRun=true");
        }

        @Test
        void saysThatThereIsNoneBefore() {
            server().answers(200, "{\"current\":1,\"releases\":[{\"number\":1,\"previous\":0}]}");
            assertThat(ops("rollback").err()).contains("no release before the current one");
        }
    }
}
