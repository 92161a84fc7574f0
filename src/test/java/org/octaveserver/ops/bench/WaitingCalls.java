package org.octaveserver.ops.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections on each of which a call was sent and no answer is awaited. */
final class WaitingCalls implements AutoCloseable {
    private final List<SocketChannel> connections = new ArrayList<>();

    /** Sends one more. */
    void send(String address, String path, String body) throws IOException {
        URI server = URI.create(address);
        SocketChannel connection = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        connections.add(connection);
        String request = "POST " + path + " HTTP/1.1\r\nHost: " + server.getHost()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
            int unused = connection.write(bytes);
        }
        connection.configureBlocking(false);
    }

    /** How many were neither answered nor closed. */
    int open() throws IOException {
        int open = 0;
        for (SocketChannel connection : connections) {
            if (connection.isOpen() && connection.read(ByteBuffer.allocate(1)) == 0) {
                open++;
            } else {
                connection.close();
            }
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
