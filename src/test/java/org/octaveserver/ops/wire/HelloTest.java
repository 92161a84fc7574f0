package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static final byte[] HELLO = WorkerFrames.hello(1, "portable", "7.3.0", 4242);

    private static Hello hello(byte[] bytes) throws IOException {
        return Hello.of(WorkerFrames.reader(bytes).read());
    }

    @Test
    void saysWhoTheWorkerIs() throws IOException {
        assertThat(hello(HELLO)).isEqualTo(new Hello(1, "portable", "7.3.0", 4242));
    }

    @Test
    void aWorkerOfAnotherVersionIsRefusedNamingBoth() {
        assertThatThrownBy(() -> hello(WorkerFrames.hello(9, "portable", "7.3.0", 1)))
                .isInstanceOf(WireException.class)
                .hasMessage("the worker speaks version 9 of the worker protocol, this server version 1");
    }

    @Test
    void theVersionIsReadWhateverFollowsIt() {
        byte[] later = WorkerFrames.frame(FrameKind.HELLO, 0, new byte[] {2, 0, 0, 0, 'x'});

        assertThatThrownBy(() -> hello(later)).hasMessageContaining("version 2");
    }

    @Test
    void refusesEveryTruncation() {
        for (int end = 24; end < HELLO.length; end++) {
            byte[] payload = Arrays.copyOfRange(HELLO, 24, end);

            assertThatThrownBy(() -> hello(WorkerFrames.frame(FrameKind.HELLO, 0, payload)))
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void refusesBytesBehindIt() {
        byte[] payload = Arrays.copyOfRange(HELLO, 24, HELLO.length + 1);

        assertThatThrownBy(() -> hello(WorkerFrames.frame(FrameKind.HELLO, 0, payload)))
                .hasMessageContaining("1 bytes too many");
    }

    @Test
    void refusesAnotherKindInItsPlace() {
        assertThatThrownBy(() -> hello(WorkerFrames.bare(FrameKind.READY, 0)))
                .hasMessage("a worker begins with HELLO, not with READY");
    }
}
