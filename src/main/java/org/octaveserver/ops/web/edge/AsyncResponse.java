package org.octaveserver.ops.web.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.Step;

/**
 * The response of an asynchronous request, written without ever blocking: by whoever has it, as far as the client takes it
 * at once, which is nearly always all; the rest by threads of the container, when there is room. Any thread may send it,
 * once.
 */
public final class AsyncResponse implements WriteListener {
    private static final Logger LOG = LogManager.getLogger(AsyncResponse.class);
    private static final int CHUNK = 1 << 16;
    private static final int PIECE = 1 << 13;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    // Of whoever holds the lock.
    private @Nullable InputStream body;
    private byte[] chunk = {};
    private boolean writable;
    private boolean flushed;
    private boolean over;

    private AsyncResponse(AsyncContext context) throws IOException {
        this.context = context;
        this.out = context.getResponse().getOutputStream();
    }

    /** Takes over the response of a request in its asynchronous mode; on the container's thread. */
    public static AsyncResponse open(AsyncContext context) throws IOException {
        AsyncResponse response = new AsyncResponse(context);
        response.out.setWriteListener(response);
        return response;
    }

    /**
     * What is sent.
     *
     * @param head sets status and headers, also that of the length
     * @param body what follows
     * @param length of the body
     */
    public record Message(Consumer<HttpServletResponse> head, InputStream body, int length) {
        /**
         * One with a body of some type.
         *
         * @param whole not to be written to any more
         */
        public static Message of(
                int status, Map<String, String> headers, String type, UnsynchronizedByteArrayOutputStream whole) {
            Consumer<HttpServletResponse> head = response -> {
                response.setStatus(status);
                headers.forEach(response::setHeader);
                response.setContentType(type);
                response.setContentLength(whole.size());
            };
            return new Message(head, whole.toInputStream(), whole.size());
        }

        /**
         * The same.
         *
         * @param whole not to be written to any more
         */
        public static Message of(int status, Map<String, String> headers, String type, byte[] whole) {
            Consumer<HttpServletResponse> head = response -> {
                response.setStatus(status);
                headers.forEach(response::setHeader);
                response.setContentType(type);
                response.setContentLength(whole.length);
            };
            return new Message(head, new ByteArrayInputStream(whole), whole.length);
        }

        /** 204: there is nothing to be told. */
        public static Message nothing() {
            return new Message(
                    response -> response.setStatus(HttpServletResponse.SC_NO_CONTENT),
                    InputStream.nullInputStream(),
                    0);
        }
    }

    /** Sends a response; whether the client takes it is not told. When this throws, another may be sent instead. */
    public void send(Message message) {
        lock.lock();
        try {
            if (over || body != null) {
                return;
            }
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            message.head().accept(response);
            if (message.length() > PIECE) {
                // The container writes as much as its buffer takes, piece by piece, and has small ones.
                response.setBufferSize(PIECE);
            }
            chunk = new byte[Math.min(message.length(), CHUNK)];
            body = message.body();
            writeIfPossible();
        } finally {
            lock.unlock();
        }
    }

    private void writeIfPossible() {
        InputStream left = body;
        if (writable && left != null) {
            Step.take(() -> write(left), this::giveUp);
        }
    }

    private void write(InputStream left) throws IOException {
        while (!over && out.isReady()) {
            if (flushed) {
                over = true;
                context.complete();
                return;
            }
            int count = left.read(chunk);
            if (count > 0) {
                out.write(chunk, 0, count);
            } else {
                // The client has it before the container looks after the request again, which must not wait for the
                // client.
                flushed = true;
                out.flush();
            }
        }
        // Else the container asks for more.
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
        LOG.debug("a client does not take its answer", why);
        if (!over) {
            over = true;
            AsyncEnd.complete(context);
        }
    }
}
