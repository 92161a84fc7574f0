package org.octaveserver.ops.web.manage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.error.OpsException;

class ReleasePlanTest {
    private static ReleasePlan read(String json) {
        return ReleasePlan.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    @Test
    void readsEveryKindOfChange() {
        ReleasePlan plan = read("{\"reason\":\"why\",\"changes\":[{\"deploy\":\"a.zip\"},"
                + "{\"deploy\":\"b.zip\",\"default\":false,\"replace\":true,\"name\":\"b\",\"runtime\":\"octave-9\"},"
                + "{\"makeDefault\":\"x@1.0-rc.1\"},{\"retire\":\"y@2.0\"},{\"retire\":\"z\"},{\"rollback\":12},"
                + "{\"rollback\":3,\"name\":\"x\"}]}");
        assertThat(plan.reason()).isEqualTo("why");
        assertThat(plan.changes())
                .containsExactly(
                        new PlannedChange.Deploy("a.zip", true, false, Optional.empty(), Optional.empty()),
                        new PlannedChange.Deploy("b.zip", false, true, Optional.of("b"), Optional.of("octave-9")),
                        new PlannedChange.MakeDefault("x", "1.0-rc.1"),
                        new PlannedChange.Retire("y", Optional.of("2.0")),
                        new PlannedChange.Retire("z", Optional.empty()),
                        new PlannedChange.RollBack(12, Optional.empty()),
                        new PlannedChange.RollBack(3, Optional.of("x")));
        assertThat(plan.files(Set.of("a.zip", "b.zip")))
                .containsEntry("a.zip", Intake.Wanted.of(BundleNaming.BY_FILE))
                .containsEntry("b.zip", new Intake.Wanted(BundleNaming.byDefault("b"), Optional.of("octave-9")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | no single JSON value",
                "`{\"changes\":[` | no JSON",
                "`{\"changes\":[],\"changes\":[]}` | no JSON",
                "`{\"changes\":[{\"retire\":\"x\"}]} 1` | no single JSON value",
                "`[]` | are an object",
                "`{}` | \"changes\" is a list",
                "`{\"changes\":[]}` | at least one change",
                "`{\"changes\":[{\"retire\":\"x\"}],\"dryrun\":true}` | \"dryrun\" means nothing",
                "`{\"changes\":[1]}` | changes[0] has exactly one of deploy, makeDefault, retire, rollback",
                "`{\"changes\":[{}]}` | changes[0] has exactly one of",
                "`{\"changes\":[{\"retire\":\"x\"},{\"retire\":\"x\",\"rollback\":1}]}` | changes[1] has exactly one of",
                "`{\"changes\":[{\"retire\":\"x\",\"default\":true}]}` | changes[0].default means nothing",
                "`{\"changes\":[{\"retire\":\"\"}]}` | changes[0].retire is a text that is not empty",
                "`{\"changes\":[{\"deploy\":7}]}` | changes[0].deploy is a text",
                "`{\"changes\":[{\"deploy\":\"a\",\"default\":\"yes\"}]}` | changes[0].default is true or false",
                "`{\"changes\":[{\"makeDefault\":\"x\"}]}` | changes[0].makeDefault names a version",
                "`{\"changes\":[{\"rollback\":\"12\"}]}` | changes[0].rollback is the number of a release",
                "`{\"changes\":[{\"rollback\":1.5}]}` | changes[0].rollback is the number",
                "`{\"changes\":[{\"rollback\":99999999999999999999}]}` | changes[0].rollback is the number",
                "`{\"reason\":null,\"changes\":[{\"rollback\":1}]}` | \"reason\" is a text"
            })
    void namesTheMemberThatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(OpsException.class).hasMessageContaining(message);
    }

    @Test
    void refusesWhatWouldTakeTheServersMemory() {
        assertThatThrownBy(() -> read("{\"reason\":\"" + "x".repeat(2 << 20) + "\",\"changes\":[]}"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("1048576");
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("no JSON");
    }

    @Test
    void wantsEveryFileDeployedOnce() {
        ReleasePlan plan = read("{\"changes\":[{\"deploy\":\"a\"}]}");
        assertThatThrownBy(() -> plan.files(Set.of("a", "c", "b")))
                .hasMessage("no change deploys b, c, which the request has");
        ReleasePlan twice = read("{\"changes\":[{\"deploy\":\"a\"},{\"deploy\":\"a\"}]}");
        assertThatThrownBy(() -> twice.files(Set.of("a"))).hasMessage("the file \"a\" is deployed twice");
    }

    @Test
    void refusesMoreChangesThanAnyoneMeans() {
        String one = "{\"retire\":\"x\"}";
        assertThat(read("{\"changes\":[" + one + ("," + one).repeat(999) + "]}").changes())
                .hasSize(1000);
        assertThatThrownBy(() -> read("{\"changes\":[" + one + ("," + one).repeat(1000) + "]}"))
                .hasMessageContaining("has 1001 changes; at most 1000 are allowed");
    }
}
