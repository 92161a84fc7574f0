package org.octaveserver.ops.worker;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Exited;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.FrameWriter;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.Settled;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WireException;

/**
 * The server's end of the channel to one worker: numbered requests, one at a time, each with its answer. For whoever
 * holds the worker, but for {@link #readAll}, which has a thread of its own, and {@link #abandon}, which anybody may call.
 *
 * <p>Whoever waits for an answer does not read the stream itself: a program that user code left behind may hold the
 * stream open when the worker is long dead, and a read of a pipe cannot be interrupted.
 */
final class WorkerChannel {
    /** A worker has at most an answer, the metrics and figures before it and the READY behind it under way. */
    private static final int MOST_UNREAD = 4;

    /** What comes before the answer to a call. */
    private static final Set<FrameKind> BESIDE_THE_ANSWER =
            EnumSet.of(FrameKind.PROGRESS, FrameKind.METRICS, FrameKind.FIGURES);

    private final FrameReader reader;
    private final FrameWriter writer;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    /** Keeps a worker that sends without end from filling the memory. */
    private final Semaphore room = new Semaphore(MOST_UNREAD);

    private final Optional<Consumer<Exited>> exits;

    /** Whom the frames of an answer go to. */
    private final AtomicReference<@Nullable Exchange> exchange = new AtomicReference<>();

    private volatile @Nullable IOException over;
    private final AtomicLong number = new AtomicLong();

    /** What the reading thread hands over. */
    private sealed interface Arrival {
        /** A frame came. */
        record Came(Frame frame) implements Arrival {}

        /** No more frames come. */
        record Ended(IOException why) implements Arrival {}
    }

    /** A channel to a worker, which says nothing unasked. */
    WorkerChannel(InputStream fromWorker, OutputStream toWorker, int maxMessage) {
        this(fromWorker, toWorker, maxMessage, Optional.empty());
    }

    /**
     * A channel.
     *
     * @param exits of a template: what is done when it tells that a worker has ended, on the reading thread
     */
    WorkerChannel(InputStream fromWorker, OutputStream toWorker, int maxMessage, Optional<Consumer<Exited>> exits) {
        // Small frames that come together are read together.
        this.reader = new FrameReader(new BufferedInputStream(fromWorker), maxMessage);
        this.writer = new FrameWriter(toWorker);
        this.exits = exits;
    }

    /** What the frames of an answer go to, instead of to somebody who waits. */
    interface Exchange {
        /**
         * A frame came; on the thread that reads.
         *
         * @param number of the request that was sent last
         */
        void came(Frame frame, long number);

        /** No more frames come; on any thread. */
        void ended(IOException why);
    }

    /** Reads frames for as long as the stream lasts. */
    void readAll() {
        try {
            while (true) {
                room.acquire();
                hand(reader.read());
            }
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
    }

    private void hand(Frame frame) throws IOException {
        Exchange current = exchange.get();
        if (exits.isPresent() && frame.kind() == FrameKind.EXITED) {
            exits.get().accept(Exited.of(frame));
            room.release();
        } else if (current != null) {
            room.release();
            current.came(frame, number.get());
        } else {
            arrivals.add(new Arrival.Came(frame));
        }
    }

    /** No more is awaited of the worker: whoever waits is told so, after what has come. */
    void abandon() {
        end(new EOFException("the channel was given up"));
        room.release(MOST_UNREAD);
    }

    private void end(IOException why) {
        arrivals.add(new Arrival.Ended(why));
        over = why;
        Exchange current = exchange.getAndSet(null);
        if (current != null) {
            current.ended(why);
        }
    }

    private Frame next() throws IOException {
        try {
            Arrival arrival = arrivals.take();
            if (arrival instanceof Arrival.Ended ended) {
                // For whoever asks again.
                arrivals.add(arrival);
                throw ended.why();
            }
            room.release();
            return ((Arrival.Came) arrival).frame();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a worker was waited for");
        }
    }

    Hello hello() throws IOException {
        return Hello.of(next());
    }

    Answer start(StartRequest request) throws IOException {
        number.incrementAndGet();
        writer.start(number.get(), request);
        return Answer.of(next(), FrameKind.START, number.get());
    }

    /** Has a template listen at a socket for connections of this process. */
    Answer listen(Path socket) throws IOException {
        number.incrementAndGet();
        writer.listen(number.get(), socket, ProcessHandle.current().pid());
        return Answer.of(next(), FrameKind.LISTEN, number.get());
    }

    /** Has a template make a worker of the two connections that wait. */
    Answer fork(Map<String, String> environment, Map<WorkerLimit, Long> held) throws IOException {
        number.incrementAndGet();
        Map<Integer, Long> limits = new TreeMap<>();
        held.forEach((limit, amount) -> limits.put(number(limit), amount));
        writer.fork(number.get(), environment, limits);
        return Answer.of(next(), FrameKind.FORK, number.get());
    }

    /** As the protocol numbers them. */
    private static int number(WorkerLimit limit) {
        return switch (limit) {
            case ADDRESS_SPACE -> 2;
            case FILE_SIZE -> 4;
            case OPEN_FILES -> 5;
            default -> throw new IllegalArgumentException("no process holds the limit " + limit);
        };
    }

    /** Makes a call of which only the answer matters; for whoever waits until READY has come. */
    Answer warmUp(CallRequest request) throws IOException {
        number.incrementAndGet();
        writer.call(number.get(), request);
        Frame frame = next();
        while (BESIDE_THE_ANSWER.contains(frame.kind())) {
            frame = next();
        }
        Answer answer = Answer.of(frame, FrameKind.CALL, number.get());
        Settled unused = Settled.of(next(), number.get());
        return answer;
    }

    /** Sends a call, whose answer goes to the exchange until that is released. */
    void call(CallRequest request, Exchange own) throws IOException {
        number.incrementAndGet();
        begin(own);
        writer.call(number.get(), request);
    }

    /** Has a mark printed behind all that was printed before, and tells the exchange, whose call this belongs to. */
    void ping(String mark, Exchange own) throws IOException {
        number.incrementAndGet();
        begin(own);
        writer.ping(number.get(), mark);
    }

    private void begin(Exchange own) throws IOException {
        if (arrivals.peek() instanceof Arrival.Came stray) {
            throw new WireException("an answer to request " + stray.frame().number() + " came unasked");
        }
        exchange.set(own);
        IOException ended = over;
        if (ended != null) {
            release(own);
            throw ended;
        }
    }

    /** Frames are no longer the exchange's. */
    void release(Exchange own) {
        boolean unused = exchange.compareAndSet(own, null);
    }

    void shutdown() throws IOException {
        number.incrementAndGet();
        writer.bare(FrameKind.SHUTDOWN, number.get());
    }
}
