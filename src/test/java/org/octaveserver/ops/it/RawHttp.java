package org.octaveserver.ops.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One request as bytes on a socket, and its response as bytes: what client libraries would not send, or would hide.
 *
 * @param head the status line and the headers, each on a line
 * @param body what follows, as it came; each byte one character
 */
record RawHttp(int status, String head, String body) {
    private static final int PATIENCE_MILLIS = 30_000;

    /** A request of one line and headers, each ending with a newline, without a body. */
    static RawHttp send(TestServer server, String line, String... headers) {
        return send(server, line, new byte[0], headers);
    }

    /** The same with a body; the headers must say how long it is. */
    static RawHttp send(TestServer server, String line, byte[] body, String... headers) {
        String head = line + " HTTP/1.1\nHost: localhost:" + server.port() + "\nConnection: close\n"
                + String.join("", Arrays.stream(headers).map(one -> one + "\n").toList()) + "\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + line, e);
        }
    }

    private static RawHttp read(String response) {
        int end = response.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("this is no response: <" + response + ">");
        }
        String head = response.substring(0, end);
        return new RawHttp(Integer.parseInt(head.substring(9, 12)), head, response.substring(end + 4));
    }

    /** The values of a header, in order. */
    List<String> values(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }
}
