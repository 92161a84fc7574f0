package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real connections, and the system's own lists. */
class GoneClientsIT {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final GoneClients clients = new GoneClients(Path.of("/proc/net"), PAUSE);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> gone = new CopyOnWriteArrayList<>();

    /** Both sides of a connection. */
    private record Both(Socket client, Socket server) {}

    @BeforeEach
    void begin() {
        clients.start();
    }

    @AfterEach
    void end() throws Exception {
        clients.stop();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Both connect(String address) throws IOException {
        InetAddress host = InetAddress.getByName(address);
        try (ServerSocket listening = new ServerSocket(0, 1, host)) {
            Socket client = new Socket(host, listening.getLocalPort());
            Socket server = listening.accept();
            open.add(client);
            open.add(server);
            return new Both(client, server);
        }
    }

    /** As a servlet container tells it. */
    private GoneClients.Watch watch(String name, Socket server) {
        return clients.watch(
                new GoneClients.Connection(
                        server.getInetAddress().getHostAddress(),
                        server.getPort(),
                        server.getLocalAddress().getHostAddress(),
                        server.getLocalPort()),
                () -> gone.add(name));
    }

    private void eventuallyGone(String... names) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(gone).containsExactlyInAnyOrder(names));
    }

    /** One that closes at once is noticed after the third look at the latest. */
    private void passLooks() throws IOException {
        List<String> before = List.copyOf(gone);
        Both mark = connect("127.0.0.1");
        watch("mark", mark.server());
        mark.client().close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gone.contains("mark"));
        gone.remove("mark");
        assertThat(gone).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void noticesClientsThatGoInAnyWayAndNoOther(String address) throws IOException {
        Both stays = connect(address);
        Both closes = connect(address);
        Both halfCloses = connect(address);
        Both resets = connect(address);
        Both isClosed = connect(address);
        watch("stays", stays.server());
        watch("closes", closes.server());
        watch("half-closes", halfCloses.server());
        watch("resets", resets.server());
        watch("is closed", isClosed.server());
        passLooks();
        closes.client().close();
        halfCloses.client().shutdownOutput();
        resets.client().setSoLinger(true, 0);
        resets.client().close();
        isClosed.server().close();
        eventuallyGone("closes", "half-closes", "resets", "is closed");
        passLooks();
        stays.client().close();
        eventuallyGone("closes", "half-closes", "resets", "is closed", "stays");
    }

    @Test
    void noticesAClientThatWasGoneBeforeItWasWatched() throws IOException {
        Both both = connect("127.0.0.1");
        both.client().getOutputStream().write(new byte[1000]);
        both.client().close();
        watch("early", both.server());
        eventuallyGone("early");
    }

    @Test
    void noticesNobodyWhoseCallHasEnded() throws IOException {
        Both both = connect("127.0.0.1");
        GoneClients.Watch watch = watch("answered", both.server());
        passLooks();
        watch.close();
        both.client().close();
        passLooks();
        assertThat(gone).isEmpty();
    }

    @Test
    void noticesClientsOfASocketThatIsOfIpv4Only() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0))) {
            SocketChannel client = SocketChannel.open(listening.getLocalAddress());
            SocketChannel server = listening.accept();
            open.add(client);
            open.add(server);
            watch("plain", server.socket());
            passLooks();
            client.close();
            eventuallyGone("plain");
        }
    }
}
