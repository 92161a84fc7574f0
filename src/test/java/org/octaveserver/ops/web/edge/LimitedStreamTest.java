package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class LimitedStreamTest {
    private static LimitedStream stream(int length, long limit) {
        return new LimitedStream(new ByteArrayInputStream(new byte[length]), limit, "ops.some.setting");
    }

    @Test
    void letsABodyOfExactlyTheLimitPass() throws IOException {
        assertThat(stream(10, 10).readAllBytes()).hasSize(10);
        assertThat(stream(0, 0).readAllBytes()).isEmpty();
    }

    @Test
    void refusesOneByteMoreAndNamesTheSetting() {
        assertThatThrownBy(() -> stream(11, 10).readAllBytes())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE))
                .hasMessageContaining("10 bytes")
                .hasMessageContaining("ops.some.setting");
    }

    @Test
    void countsSingleBytesAndSkippedOnesToo() throws IOException {
        LimitedStream stream = stream(12, 10);
        assertThat(stream.read()).isZero();
        assertThat(stream.skip(8)).isEqualTo(8);
        assertThat(stream.read(new byte[1], 0, 1)).isEqualTo(1);
        assertThatThrownBy(stream::read).isInstanceOf(OpsException.class);
        assertThatThrownBy(() -> stream(12, 10).skip(11)).isInstanceOf(OpsException.class);
    }

    @Test
    void doesNotLetItsReaderGoBack() {
        assertThat(stream(1, 1).markSupported()).isFalse();
    }
}
