package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.settings.DataSize;

class WebServerIT {
    @TempDir
    Path directory;

    private WebServer server(String host, int port) {
        Servers.forgetTheFirst();
        return new WebServer(directory, new Servers.Http(host, port, DataSize.parse("1KB")), context -> {});
    }

    @Test
    void namesTheSettingsWhenItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(server("127.0.0.1", taken.getLocalPort()), "127.0.0.1");
        }
    }

    @Test
    void namesTheSettingsWhenItsAddressIsNoneOfThisMachine() throws Exception {
        assertRefused(server("192.0.2.1", 0), "192.0.2.1");
        assertRefused(server("no.such.host.invalid", 0), "no.such.host.invalid");
    }

    private static void assertRefused(WebServer server, String host) throws Exception {
        assertThatThrownBy(server::start).hasMessageContaining(host).hasMessageContaining("ops.http.host");
        server.stop();
    }

    @Test
    void canBeStoppedBeforeItWasStarted() throws Exception {
        server("127.0.0.1", 0).stop();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, 127.0.0.1",
        "0.0.0.0, 127.0.0.1",
        "::1, [::1]",
        "[::1], [::1]",
        "::, [::1]"
    })
    void knowsWhereItAnswersProgramsOfThisMachine(String host, String named) throws Exception {
        WebServer server = server(host, 0);
        server.start();
        URI address = URI.create(server.address());
        assertThat(address.getHost()).isEqualTo(named);
        new Socket(InetAddress.getByName(address.getHost()), address.getPort()).close();
        server.stop();
    }
}
