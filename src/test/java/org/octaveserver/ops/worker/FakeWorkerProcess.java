package org.octaveserver.ops.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.WorkerFrames;

/**
 * A worker's process without a process. It has no thread: what the server sends reaches its {@link Behaviour} on the
 * thread that sends, and what it answers waits in a pipe until the server reads. Thread-safe.
 */
public class FakeWorkerProcess implements WorkerProcess {
    private static final int KILLED = 128 + 9;

    private final long pid;
    private final Behaviour behaviour;
    private final Pipe channel = new Pipe();
    private final Pipe printed = new Pipe();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final AtomicInteger kills = new AtomicInteger();
    private final OutputStream requests = new Requests();

    /** What it does with a request. Answers are sent through {@code self}. */
    public interface Behaviour {
        void receive(FakeWorkerProcess self, Frame request) throws IOException;
    }

    /** A process that has said nothing yet. */
    public FakeWorkerProcess(long pid, Behaviour behaviour) {
        this.pid = pid;
        this.behaviour = behaviour;
    }

    /** Answers as a good worker does, and has said HELLO. */
    public static FakeWorkerProcess obedient(long pid) {
        return greeting(pid, FakeWorkerProcess::obey);
    }

    /** Has said HELLO; what follows is {@code behaviour}'s. */
    public static FakeWorkerProcess greeting(long pid, Behaviour behaviour) {
        FakeWorkerProcess process = new FakeWorkerProcess(pid, behaviour);
        process.send(WorkerFrames.hello(Protocol.VERSION, "fake", "0.0.0", pid));
        return process;
    }

    /**
     * The behaviour of a good worker. Its functions are {@code echo}, which returns its arguments, {@code exit}, which
     * ends the process, and {@code hang}, which never returns.
     */
    public static void obey(FakeWorkerProcess self, Frame request) throws IOException {
        switch (request.kind()) {
            case START -> {
                self.print(WorkerFrames.start(request).outputMark());
                self.send(WorkerFrames.bare(FrameKind.READY, request.number()));
            }
            case CALL -> self.run(request.number(), WorkerFrames.call(request));
            case SHUTDOWN -> self.exit(0);
            default -> throw new IOException("a worker knows no " + request.kind());
        }
    }

    private void run(long number, CallRequest call) {
        switch (call.function()) {
            case "exit" -> exit(3);
            case "hang" -> {}
            default -> answer(number, call, call.arguments().subList(0, call.outputs()));
        }
    }

    /** Prints the mark, sends a RESULT and is ready again. */
    public void answer(long number, CallRequest call, List<OctaveValue> outputs) {
        print(call.outputMark());
        send(WorkerFrames.result(number, outputs));
        send(WorkerFrames.bare(FrameKind.READY, number));
    }

    public void send(byte[] bytes) {
        channel.put(bytes);
    }

    public void print(String text) {
        printed.put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the channel, and nothing else. */
    public void hangUp() {
        channel.end();
    }

    /** Ends by itself, or of a signal. */
    public void exit(int status) {
        exit.complete(status);
        channel.end();
        printed.end();
    }

    /** How often it was killed. */
    public int kills() {
        return kills.get();
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    /** A second of CPU for each step of the process id, and a kilobyte. */
    @Override
    public Optional<ProcessUsage> usage() {
        return isAlive() ? Optional.of(new ProcessUsage(Duration.ofSeconds(pid), 1024)) : Optional.empty();
    }

    @Override
    public Opened open(KeptOutput kept, BiFunction<InputStream, KeptOutput, WorkerOutput> drained) {
        return new Opened(fromWorker(), toWorker(), drained.apply(printed(), kept));
    }

    InputStream fromWorker() {
        return channel;
    }

    OutputStream toWorker() {
        return requests;
    }

    InputStream printed() {
        return printed;
    }

    @Override
    public OptionalInt awaitExit(Duration limit) {
        try {
            return OptionalInt.of(exit.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onExit(Runnable action) {
        CompletableFuture<?> unused = exit.thenRun(action);
    }

    @Override
    public void interrupt() {
        throw new UnsupportedOperationException("it plays a portable worker");
    }

    @Override
    public void killGroup() {
        kills.incrementAndGet();
        exit(KILLED);
    }

    /** Hands each frame to the behaviour as soon as all of it was written. */
    private final class Requests extends OutputStream {
        private byte[] unread = {};

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!isAlive()) {
                throw new IOException("Broken pipe");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(unread);
            all.write(bytes, offset, length);
            unread = all.toByteArray();
        }

        @Override
        public void flush() throws IOException {
            ByteArrayInputStream in = new ByteArrayInputStream(unread);
            FrameReader reader = new FrameReader(in, Integer.MAX_VALUE);
            try {
                while (in.available() > 0) {
                    Frame request = reader.read();
                    unread = in.readAllBytes();
                    in = new ByteArrayInputStream(unread);
                    reader = new FrameReader(in, Integer.MAX_VALUE);
                    behaviour.receive(FakeWorkerProcess.this, request);
                }
            } catch (EOFException e) {
                // The rest of the frame is still to be written.
            }
        }
    }
}
