package org.octaveserver.ops.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Exited;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.FrameWriter;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.MetricUpdate;
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

    private final FrameReader reader;
    private final FrameWriter writer;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    /** Keeps a worker that sends without end from filling the memory. */
    private final Semaphore room = new Semaphore(MOST_UNREAD);

    private final Optional<Consumer<Exited>> exits;

    private long number;

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
        this.reader = new FrameReader(fromWorker, maxMessage);
        this.writer = new FrameWriter(toWorker);
        this.exits = exits;
    }

    /** Reads frames for as long as the stream lasts. */
    void readAll() {
        try {
            while (true) {
                room.acquire();
                Frame frame = reader.read();
                if (exits.isPresent() && frame.kind() == FrameKind.EXITED) {
                    exits.get().accept(Exited.of(frame));
                    room.release();
                } else {
                    arrivals.add(new Arrival.Came(frame));
                }
            }
        } catch (IOException e) {
            arrivals.add(new Arrival.Ended(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
    }

    /** No more is awaited of the worker: whoever waits is told so, after what has come. */
    void abandon() {
        arrivals.add(new Arrival.Ended(new EOFException("the channel was given up")));
        room.release(MOST_UNREAD);
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
        number++;
        writer.start(number, request);
        return Answer.of(next(), FrameKind.START, number);
    }

    /** Has a template listen at a socket for connections of this process. */
    Answer listen(Path socket) throws IOException {
        number++;
        writer.listen(number, socket, ProcessHandle.current().pid());
        return Answer.of(next(), FrameKind.LISTEN, number);
    }

    /** Has a template make a worker of the two connections that wait. */
    Answer fork(Map<String, String> environment, Map<WorkerLimit, Long> held) throws IOException {
        number++;
        Map<Integer, Long> limits = new TreeMap<>();
        held.forEach((limit, amount) -> limits.put(number(limit), amount));
        writer.fork(number, environment, limits);
        return Answer.of(next(), FrameKind.FORK, number);
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

    /**
     * What came in answer to a call.
     *
     * @param metrics what user code said of metrics of its own
     * @param figures those that it left open, if they were asked for
     */
    record CallAnswer(Answer answer, List<MetricUpdate> metrics, List<Figure> figures) {}

    CallAnswer call(CallRequest request) throws IOException {
        number++;
        writer.call(number, request);
        Frame frame = next();
        List<MetricUpdate> metrics = List.of();
        if (frame.kind() == FrameKind.METRICS) {
            metrics = MetricUpdate.read(frame, number);
            frame = next();
        }
        List<Figure> figures = List.of();
        if (frame.kind() == FrameKind.FIGURES) {
            figures = Figure.read(frame, number, request.figures());
            frame = next();
        }
        Answer answer = Answer.of(frame, FrameKind.CALL, number);
        if (answer instanceof Answer.Result result && result.outputs().size() != request.outputs()) {
            throw new WireException(
                    result.outputs().size() + " outputs came where " + request.outputs() + " were asked for");
        }
        return new CallAnswer(answer, metrics, figures);
    }

    /** Waits until the worker has undone what the call left behind and can take the next one. */
    void awaitReady() throws IOException {
        Frame frame = next();
        if (frame.kind() != FrameKind.READY || frame.number() != number) {
            throw new WireException(frame.kind() + " of request " + frame.number() + " came where READY of request "
                    + number + " was due");
        }
    }

    /** Has a mark printed behind all that was printed before. */
    void ping(String mark) throws IOException {
        number++;
        writer.ping(number, mark);
        Answer unused = Answer.of(next(), FrameKind.PING, number);
    }

    void shutdown() throws IOException {
        number++;
        writer.bare(FrameKind.SHUTDOWN, number);
    }
}
