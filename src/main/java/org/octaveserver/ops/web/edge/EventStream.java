package org.octaveserver.ops.web.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.Step;

/**
 * A response that goes on for a while (server-sent events, HTML standard 9.2), written without ever blocking. It takes one
 * piece at a time, and the next when the client has taken that: so a slow client costs the memory of one piece, and what it
 * misses meanwhile can be told in less. Any thread may send.
 */
public final class EventStream implements WriteListener {
    private static final Logger LOG = LogManager.getLogger(EventStream.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    // Of whoever holds the lock.
    private byte @Nullable [] piece;
    private boolean written;
    private boolean flushed;
    private long since;
    private boolean writable;
    private boolean ending;
    private boolean over;

    /** Whoever sends. Each may be called on any thread and must be quick. */
    public interface Listener {
        /** The client has taken what was sent. */
        void ready();

        /** It is over. Told once. */
        void closed();
    }

    private EventStream(AsyncContext context, Listener listener) throws IOException {
        this.context = context;
        this.out = context.getResponse().getOutputStream();
        this.listener = listener;
    }

    /** Says what such a response is, without beginning one. */
    public static void describe(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        // nginx would keep events back until it has a bufferful of them.
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Begins the response to a request, on the container's thread, which is free when this returns. */
    public static EventStream open(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws IOException {
        describe(response);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        try {
            EventStream stream = new EventStream(context, listener);
            stream.out.setWriteListener(stream);
            return stream;
        } catch (IOException | RuntimeException e) {
            // Else nobody would ever end it.
            context.complete();
            throw e;
        }
    }

    /** Whether there is room for the next piece. */
    public boolean isReady() {
        lock.lock();
        try {
            return writable && piece == null && !ending && !over;
        } finally {
            lock.unlock();
        }
    }

    /** How long the client has not taken what was sent. */
    public Duration stuck() {
        lock.lock();
        try {
            return piece == null || over ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the next piece. Nothing is sent when there is no room, see {@link #isReady}, so one thread at a time should.
     *
     * @param bytes not to be written to any more
     */
    public void send(byte[] bytes) {
        lock.lock();
        try {
            if (isReady()) {
                piece = bytes;
                since = System.nanoTime();
                writeIfPossible();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing follows any more: the response ends when the client has taken what was sent. */
    public void end() {
        lock.lock();
        try {
            ending = true;
            if (piece == null) {
                close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it at once, for a client that does not take what was sent. */
    public void drop() {
        lock.lock();
        try {
            close();
        } finally {
            lock.unlock();
        }
    }

    private void writeIfPossible() {
        byte[] bytes = piece;
        if (bytes != null) {
            Step.take(() -> write(bytes), this::giveUp);
        }
    }

    private void write(byte[] bytes) throws IOException {
        while (!over && out.isReady()) {
            if (!written) {
                written = true;
                out.write(bytes);
            } else if (!flushed) {
                flushed = true;
                out.flush();
            } else {
                taken();
                return;
            }
        }
        // Else the container asks for more.
    }

    private void taken() {
        piece = null;
        written = false;
        flushed = false;
        if (ending) {
            close();
        }
    }

    @Override
    public void onWritePossible() {
        lock.lock();
        try {
            writable = true;
            writeIfPossible();
        } finally {
            lock.unlock();
        }
        listener.ready();
    }

    @Override
    public void onError(Throwable thrown) {
        lock.lock();
        try {
            giveUp(thrown);
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Throwable why) {
        LOG.debug("a client does not take its events any more", why);
        close();
    }

    private void close() {
        if (over) {
            return;
        }
        over = true;
        AsyncEnd.complete(context);
        listener.closed();
    }
}
