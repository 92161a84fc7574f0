package org.octaveserver.ops.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client with one connection that sends a call, and takes its answer when it likes, or never. */
final class WaitingClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();

    /**
     * Connects.
     *
     * @param from its address, such as 127.0.0.2
     */
    WaitingClient(TestServer server, String from) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getAllByName(from)[0], 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a call. */
    WaitingClient call(String path, String rhs, String... headers) {
        String body = "{\"nargout\":1,\"rhs\":" + rhs + ",\"outputFormat\":{\"mode\":\"small\"}}";
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return begin(path, more + "Content-Length: " + body.length(), body);
    }

    /**
     * Sends the head of a request, and a part of its body.
     *
     * @param framing the header that says how long the body is, perhaps with others
     */
    WaitingClient begin(String path, String framing, String part) {
        return send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + framing
                + "\r\n\r\n" + part);
    }

    /** Sends more of a body. */
    WaitingClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole response, head and body; waits for it. */
    String answer() {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder text = new StringBuilder();
            int end = -1;
            int length = 0;
            while (end < 0 || text.length() < end + length) {
                int one = in.read();
                if (one < 0) {
                    return text.toString();
                }
                text.append((char) one);
                if (end < 0 && text.toString().endsWith("\r\n\r\n")) {
                    end = text.length();
                    length = Integer.parseInt(text.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1"));
                }
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
