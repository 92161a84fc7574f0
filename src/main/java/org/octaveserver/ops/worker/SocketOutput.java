package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * What a forked worker prints, on a socket of its own. It needs no mark and no thread: what was printed before an answer
 * was sent is in the socket when the answer has come, and whoever waits for the answer reads it meanwhile. Thread-safe.
 */
final class SocketOutput implements WorkerOutput {
    private static final int CHUNK = 1 << 16;
    /** More than a socket holds: a program that prints without end must not keep anybody here. */
    private static final int MOST_AT_ONCE = 1 << 24;

    private final SocketChannel socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final KeptOutput kept;

    @GuardedBy("lock")
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

    /** Whether what comes belongs to a request. */
    @GuardedBy("lock")
    private boolean keeping;

    @GuardedBy("lock")
    private boolean ended;

    /**
     * Reads one socket.
     *
     * @param socket does not block
     */
    SocketOutput(SocketChannel socket, KeptOutput kept) {
        this.socket = socket;
        this.kept = kept;
    }

    /**
     * Reads what is there.
     *
     * @return false when no more will come
     */
    boolean read() {
        boolean more;
        lock.lock();
        try {
            readAll();
            more = !ended;
        } finally {
            lock.unlock();
        }
        tellExcess();
        return more;
    }

    @GuardedBy("lock")
    private void readAll() {
        int total = 0;
        try {
            int count = 0;
            do {
                chunk.clear();
                count = ended ? 0 : socket.read(chunk);
                ended |= count < 0;
                if (keeping && count > 0) {
                    kept.add(chunk.array(), count);
                }
                total += Math.max(0, count);
            } while (count > 0 && total < MOST_AT_ONCE);
        } catch (IOException e) {
            // The worker is gone: the end, said differently.
            ended = true;
        }
    }

    @Override
    public String begin() {
        lock.lock();
        try {
            kept.clear();
            keeping = true;
            return "";
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget() {
        boolean unused = read();
    }

    @Override
    public String drop() {
        lock.lock();
        try {
            keeping = false;
            return "";
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitWhole(Duration wait) {
        boolean open = read();
        String unused = drop();
        return open;
    }

    @Override
    public String kept() {
        return kept.text();
    }

    @Override
    public void refuseAbove(long bytes, LongConsumer action) {
        kept.refuseAbove(bytes, action);
    }

    @Override
    public void tellExcess() {
        kept.tellExcess();
    }
}
