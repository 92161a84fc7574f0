package org.octaveserver.ops.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One request as bytes on a socket, and its response: a client library would tidy up what the tests are about.
 *
 * @param head the status line and the headers
 */
record Exchange(int status, String head, String body) {
    private static final int PATIENCE_MILLIS = 20_000;

    /** Sends a request whose lines end with {@code \n} here and with CRLF on the wire. */
    static Exchange send(String address, String request) {
        URI uri = URI.create(address);
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        }
    }

    /** A request of one line and a Host header, and more headers, each ending with a newline. */
    static Exchange send(String address, String line, String headers) {
        return send(address, line + " HTTP/1.1\nHost: localhost\nConnection: close\n" + headers + "\n");
    }

    private static Exchange read(String response) {
        int end = response.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("this is no response: <" + response + ">");
        }
        String head = response.substring(0, end);
        return new Exchange(Integer.parseInt(head.substring(9, 12)), head, response.substring(end + 4));
    }
}
