package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.settings.SettingsException;

class TermsTest {
    private static Terms terms(String... weights) {
        return Terms.of(new CallTestSettings(1, OptionalInt.empty(), List.of(weights)));
    }

    private static Claim claim(Terms terms, Optional<String> principal, OptionalInt urgency) {
        return terms.claim(
                new CallOrigin("1", principal, "10.0.0.7"),
                new CallOptions(Optional.empty(), Optional.empty(), urgency),
                Serving.DEFAULT);
    }

    @Test
    void namesAPrincipalOrElseTheAddress() {
        Terms terms = terms("admin=5");

        Claim known = claim(terms, Optional.of("admin"), OptionalInt.empty());
        Claim stranger = claim(terms, Optional.empty(), OptionalInt.empty());

        assertThat(known.party()).isEqualTo("admin");
        assertThat(known.weight()).isEqualTo(5);
        assertThat(stranger.party()).isEqualTo("10.0.0.7");
        assertThat(stranger.weight()).isEqualTo(1);
        assertThat(stranger.mostOfParty()).hasValue(4);
    }

    @Test
    void letsNobodyBeMoreUrgentThanAllowed() {
        assertThat(claim(terms(), Optional.empty(), OptionalInt.of(0)).urgency())
                .isEqualTo(2);
        assertThat(claim(terms(), Optional.empty(), OptionalInt.of(6)).urgency())
                .isEqualTo(6);
        assertThat(claim(terms(), Optional.empty(), OptionalInt.empty()).urgency())
                .isEqualTo(3);
    }

    @Test
    void refusesWhatIsNoWeight() {
        assertThatThrownBy(() -> terms("admin", "x=0", "y=2", "z=1.5"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.call.weights: \"admin\" is no weight")
                .hasMessageContaining("\"x=0\"")
                .hasMessageContaining("\"z=1.5\"");
    }
}
