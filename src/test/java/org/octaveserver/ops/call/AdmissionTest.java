package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class AdmissionTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    private final Admission admission =
            new Admission(new CallTestSettings(5, OptionalInt.of(3), List.of()), () -> "2 of 2 busy");

    private OpsException refusal(String party, String bundle, OptionalInt mostOfBundle) {
        return catchThrowableOfType(OpsException.class, () -> admission.enter(party, bundle, mostOfBundle));
    }

    private void assertTaken(String party, String bundle, OptionalInt mostOfBundle) {
        assertThatCode(() -> admission.enter(party, bundle, mostOfBundle)).doesNotThrowAnyException();
    }

    @Test
    void refusesAClientThatHasItsShareWaiting() {
        IntStream.range(0, 3).forEach(i -> assertTaken("a", "demo", ANY));

        assertThat(refusal("a", "other", ANY).code()).isEqualTo(ErrorCode.TOO_MANY_CALLS);
        assertTaken("b", "demo", ANY);
    }

    @Test
    void refusesABundleThatHasItsShareWaiting() {
        assertTaken("a", "demo", OptionalInt.of(1));

        OpsException refused = refusal("b", "demo", OptionalInt.of(1));

        assertThat(refused.code()).isEqualTo(ErrorCode.BUNDLE_QUEUE_FULL);
        assertThat(refused)
                .hasMessageContaining("1 calls wait for bundle \"demo\" already")
                .hasMessageContaining("2 of 2 busy");
        assertTaken("b", "other", OptionalInt.of(1));
    }

    @Test
    void hasRoomAgainWhenCallsRunOrGiveUp() {
        Admission.Ticket first = admission.enter("a", "demo", ANY);
        Admission.Ticket second = admission.enter("a", "demo", ANY);
        assertTaken("a", "demo", ANY);
        first.runs();
        second.gaveUp();

        assertTaken("a", "demo", OptionalInt.of(2));
        assertThat(refusal("a", "demo", OptionalInt.of(2)).code()).isEqualTo(ErrorCode.BUNDLE_QUEUE_FULL);
    }

    @Test
    void saysWhenThereShouldBeRoom() {
        Admission.Ticket first = admission.enter("a", "demo", ANY);
        first.runs();
        first.ran();
        IntStream.range(0, 5).forEach(i -> assertTaken("p" + i, "demo", ANY));

        OpsException refused = refusal("b", "demo", ANY);

        assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_FULL);
        assertThat(refused).hasMessageContaining("queue full: 5 calls wait (2 of 2 busy)");
        assertThat(refused.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    @Test
    void whatWasAdmittedElsewhereTakesNobodysPlaceAndIsNotRefused() {
        IntStream.range(0, 5).forEach(i -> assertTaken("p" + i, "demo", ANY));
        Admission.Ticket passing = admission.pass();

        assertThat(refusal("q", "demo", ANY)).hasMessageContaining("5 calls wait");
        passing.runs();
        passing.ran();
        admission.pass().gaveUp();
        assertThat(refusal("q", "demo", ANY)).hasMessageContaining("5 calls wait");
    }
}
