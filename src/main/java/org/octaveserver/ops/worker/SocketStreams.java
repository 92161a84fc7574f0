package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The two sockets of a forked worker. They do not block: whoever waits for a frame reads what the worker prints meanwhile,
 * so that a worker takes one thread, and one wake-up for each answer. Each direction is for one thread at a time; anybody
 * may close.
 */
final class SocketStreams {
    private static final Logger LOG = LogManager.getLogger(SocketStreams.class);
    /** A socket that was closed does not wake whoever waits to write. */
    private static final int LOOK_AGAIN_MILLIS = 1000;

    /**
     * The JDK copies what it reads and writes through a buffer as large as the whole of it, each time anew, and a socket takes
     * little at a time: large messages would take time by the square of their size.
     */
    private static final int PIECE = 1 << 18;

    private final SocketChannel channel;
    private final SocketChannel printed;
    private final Selector selector;

    SocketStreams(SocketChannel channel, SocketChannel printed) {
        this.channel = channel;
        this.printed = printed;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("the system gives no more descriptors", e);
        }
    }

    /** What the worker prints; read by whoever reads {@link #in}. */
    SocketOutput output(KeptOutput kept) {
        return new SocketOutput(printed, kept);
    }

    /** What comes; when no more comes, the sockets are closed. */
    InputStream in(SocketOutput output) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        return new In(printed.register(selector, SelectionKey.OP_READ), output);
    }

    OutputStream out() {
        return new Out();
    }

    /** Whoever reads or writes is told so. */
    void close() {
        for (AutoCloseable one : new AutoCloseable[] {selector, channel, printed}) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.debug("a worker's socket could not be closed", e);
            }
        }
    }

    private final class In extends InputStream {
        private final SelectionKey prints;
        private final SocketOutput output;
        /** Whether all was read that there was when it was read last. */
        private boolean exhausted = true;

        In(SelectionKey prints, SocketOutput output) {
            this.prints = prints;
            this.output = output;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int most = Math.min(length, PIECE);
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, most);
            try {
                int count = exhausted ? 0 : channel.read(buffer);
                while (count == 0) {
                    await();
                    count = channel.read(buffer);
                }
                exhausted = count < most;
                if (count < 0) {
                    end();
                }
                return count;
            } catch (ClosedSelectorException | CancelledKeyException e) {
                throw new IOException("the socket was closed", e);
            }
        }

        private void await() throws IOException {
            int unused = selector.select();
            boolean hasPrinted = selector.selectedKeys().remove(prints);
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted while a worker was waited for");
            }
            if (hasPrinted && !output.read()) {
                prints.cancel();
            }
        }

        /** What it printed last is of interest. */
        private void end() {
            boolean more = output.read();
            LOG.trace("a worker has ended; its output is open: {}", more);
            SocketStreams.this.close();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int end = offset + length;
            for (int begin = offset; begin < end; begin += PIECE) {
                ByteBuffer left = ByteBuffer.wrap(from, begin, Math.min(PIECE, end - begin));
                int unused = channel.write(left);
                if (left.hasRemaining()) {
                    writeRest(left);
                }
            }
        }

        /** More than the socket holds: the worker has to read meanwhile. */
        private void writeRest(ByteBuffer left) throws IOException {
            try (Selector writable = Selector.open()) {
                channel.register(writable, SelectionKey.OP_WRITE);
                while (left.hasRemaining()) {
                    int ready = writable.select(LOOK_AGAIN_MILLIS);
                    writable.selectedKeys().clear();
                    if (Thread.currentThread().isInterrupted()) {
                        throw new IOException("interrupted while a worker was to read");
                    }
                    int unused = ready == 0 && channel.isOpen() ? 0 : channel.write(left);
                }
            }
        }
    }
}
