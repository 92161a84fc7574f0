package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;

/** No body makes the reader fail in another way than by saying what is wrong, or take memory that its size does not explain. */
class HostileBodiesTest {
    private static final int BODIES = Integer.getInteger("ops.test.bodies", 50_000);
    private static final long SEED = Long.getLong("ops.test.seed", System.nanoTime());
    /** What a reader takes for any body, and for each byte of it: buffers of Jackson's, an exception with its stack. */
    private static final long FIXED = 256 * 1024;

    private static final long PER_BYTE = 200;

    /** Classes that load, and their static parts, are no body's. */
    private static final int WARM_UP = 500;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void everyBodyIsReadOrRefusedWithinItsMemory() throws IOException {
        HostileBodies bodies = new HostileBodies(SEED);
        CallRequestReader reader = new CallRequestReader(1 << 20);
        for (int i = 0; i < WARM_UP; i++) {
            isRead(reader, bodies.next());
        }
        int taken = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] body = bodies.next();
            long before = threads.getCurrentThreadAllocatedBytes();
            taken += isRead(reader, body) ? 1 : 0;
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("ops.test.seed=%d, body %d: %s", SEED, i, new String(body, StandardCharsets.ISO_8859_1))
                    .isLessThan(FIXED + PER_BYTE * body.length);
        }
        // Else the bodies are all noise, or nothing is ever wrong with them.
        assertThat(taken).isBetween(BODIES / 50, BODIES / 2);
    }

    private static boolean isRead(CallRequestReader reader, byte[] body) throws IOException {
        try {
            reader.read(new ByteArrayInputStream(body));
            return true;
        } catch (OpsException e) {
            assertThat(e.code().kind()).isIn(ErrorKind.INVALID, ErrorKind.TOO_LARGE);
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000);
            return false;
        }
    }
}
