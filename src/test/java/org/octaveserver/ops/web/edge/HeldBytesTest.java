package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.OpsException;

class HeldBytesTest {
    private final HeldBytes held = new HeldBytes(100);

    @Test
    void refusesWhatIsTooMuchTogether() {
        HeldBytes.Share first = held.share();
        HeldBytes.Share second = held.share();
        first.take(60);

        assertThatThrownBy(() -> second.take(41))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("take 101 bytes; 100 are allowed (setting ops.http.max-held");
    }

    @Test
    void takesOneThatIsLargerAlone() {
        assertThatCode(() -> held.share().take(1000)).doesNotThrowAnyException();
    }

    @Test
    void givesBackAllOfARequestOnce() {
        HeldBytes.Share first = held.share();
        first.take(50);
        first.take(50);
        first.close();
        first.close();
        HeldBytes.Share second = held.share();
        second.take(100);

        assertThatThrownBy(() -> held.share().take(1)).hasMessageContaining("take 101 bytes");
    }
}
