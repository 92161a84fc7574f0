package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketStreamsTest {
    private static final int LARGE = 64 << 20;

    @TempDir
    Path folder;

    private SocketChannel own;
    private SocketChannel prints;
    private SocketStreams streams;
    private SocketStreams others;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            own = SocketChannel.open(server.getLocalAddress());
            SocketChannel other = server.accept();
            prints = SocketChannel.open(server.getLocalAddress());
            SocketChannel printed = server.accept();
            for (SocketChannel one : new SocketChannel[] {own, other, prints, printed}) {
                one.configureBlocking(false);
            }
            streams = new SocketStreams(own, prints);
            others = new SocketStreams(other, printed);
        }
    }

    @AfterEach
    void close() {
        streams.close();
        others.close();
    }

    /** What the JVM has outside of its heap. */
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void aLargeMessageIsCopiedThroughSmallBuffers() throws Exception {
        byte[] message = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            message[i] = (byte) ((i * 31) >> 3);
        }
        long before = direct();

        // In threads of their own, each of which would keep its buffer.
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            try {
                streams.out().write(message, 0, LARGE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        InputStream in = others.in(others.output(new KeptOutput(1000, 0)));
        byte[] read = in.readNBytes(LARGE);
        written.get(20, TimeUnit.SECONDS);

        assertThat(Arrays.mismatch(read, message)).isEqualTo(-1);
        assertThat(direct() - before).isLessThan(4 << 20);
    }
}
