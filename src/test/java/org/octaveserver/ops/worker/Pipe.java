package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A pipe in memory. Unlike Java's own it takes any amount and does not care which thread is alive. */
final class Pipe extends InputStream {
    @GuardedBy("this")
    private byte[] waiting = {};

    @GuardedBy("this")
    private boolean ended;

    /** Puts bytes in; they are lost when the pipe has ended. */
    synchronized void put(byte[] bytes) {
        if (!ended) {
            int before = waiting.length;
            waiting = Arrays.copyOf(waiting, before + bytes.length);
            System.arraycopy(bytes, 0, waiting, before, bytes.length);
            notifyAll();
        }
    }

    /** What was put in can still be read; then comes the end. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized int available() {
        return waiting.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        while (waiting.length == 0 && !ended && length > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (waiting.length == 0 && length > 0) {
            return -1;
        }
        int count = Math.min(length, waiting.length);
        System.arraycopy(waiting, 0, target, offset, count);
        waiting = Arrays.copyOfRange(waiting, count, waiting.length);
        return count;
    }
}
