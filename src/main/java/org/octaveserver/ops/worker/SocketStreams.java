package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The two directions of one blocking socket, each for one thread at a time. Java's own streams over a channel lock each
 * other: whoever waits for an answer there keeps the request from being written.
 */
final class SocketStreams {
    private final SocketChannel socket;

    SocketStreams(SocketChannel socket) {
        this.socket = socket;
    }

    /** What comes; when no more comes, the socket is closed. */
    InputStream in() {
        return new In();
    }

    OutputStream out() {
        return new Out();
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = socket.read(ByteBuffer.wrap(into, offset, length));
            if (count < 0) {
                socket.close();
            }
            return count;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(from, offset, length);
            while (left.hasRemaining()) {
                int unused = socket.write(left);
            }
        }
    }
}
