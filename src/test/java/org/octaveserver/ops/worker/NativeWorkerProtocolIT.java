package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.Exited;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.OctaveFailure;

/** The native worker's frames, and those of a template. */
class NativeWorkerProtocolIT extends WorkerProtocolBehaviour {
    private static final long SELF = ProcessHandle.current().pid();

    NativeWorkerProtocolIT() {
        super("native");
    }

    @Override
    List<String> arguments() {
        return List.of("--path", TestModules.folder().toString(), "--eval", "ops_native_main");
    }

    private Answer listen(ForkSocket socket, long server) throws IOException {
        writer().listen(2, socket.path(), server);
        return Answer.of(reader().read(), FrameKind.LISTEN, 2);
    }

    private static OctaveFailure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    @Test
    void forksAWorkerOfTheTwoConnectionsThatWaitAndTellsOfItsEnd() throws IOException {
        started();
        ForkSocket socket = ForkSocket.in(folder);
        assertThat(listen(socket, SELF)).isEqualTo(new Answer.Ready());
        ForkedProcess.Sockets sockets = socket.connect();

        writer().fork(3, Map.of("HOME", "/nowhere"), Map.of());

        Answer.Forked forked = (Answer.Forked) Answer.of(reader().read(), FrameKind.FORK, 3);
        SocketStreams streams = new SocketStreams(sockets.channel(), sockets.printed());
        InputStream fromWorker = streams.in(streams.output(new KeptOutput(1000, 0)));
        Hello hello = Hello.of(new FrameReader(fromWorker, 1 << 20).read());
        assertThat(hello.pid()).isEqualTo(forked.pid());
        streams.close();
        Frame told = reader().read();
        assertThat(told.number()).isZero();
        assertThat(Exited.of(told)).isEqualTo(new Exited(forked.pid(), 0));
    }

    @Test
    void refusesToForkWithoutConnections() throws IOException {
        started();
        assertThat(listen(ForkSocket.in(folder), SELF)).isEqualTo(new Answer.Ready());

        writer().fork(3, Map.of(), Map.of());

        assertThat(failure(Answer.of(reader().read(), FrameKind.FORK, 3)).message())
                .startsWith("the server has not connected");
    }

    @Test
    void takesNoConnectionOfAnotherProcess() throws IOException {
        started();
        ForkSocket socket = ForkSocket.in(folder);
        listen(socket, SELF + 1);
        ForkedProcess.Sockets sockets = socket.connect();

        writer().fork(3, Map.of(), Map.of());

        assertThat(failure(Answer.of(reader().read(), FrameKind.FORK, 3)).message())
                .startsWith("the server has not connected");
        sockets.close();
    }

    @Test
    void saysWhereItCannotListen() throws IOException {
        started();
        writer().listen(2, Path.of("/nowhere/socket"), SELF);

        OctaveFailure failure = failure(Answer.of(reader().read(), FrameKind.LISTEN, 2));

        assertThat(failure.identifier()).isEqualTo("ops:cannotFork");
        assertThat(failure.message()).startsWith("no socket at /nowhere/socket: ");
    }

    @Test
    void saysThatAPathIsTooLong() throws IOException {
        started();
        writer().listen(2, Path.of("/" + "x".repeat(200)), SELF);

        assertThat(failure(Answer.of(reader().read(), FrameKind.LISTEN, 2)).message())
                .startsWith("the path of a socket is too long: ");
    }
}
