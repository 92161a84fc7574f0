package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.FrameReader;
import org.octaveserver.ops.wire.FrameWriter;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.ProtocolPage;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WorkerFrames;

/** A worker of each implementation, spoken to frame by frame, as {@code docs/worker-protocol.md} says. */
@Timeout(60)
abstract class WorkerProtocolBehaviour {
    private static final String MARK = "\u001e0123456789abcdef0123456789abcdef";
    private static final Path CODE = Path.of(System.getProperty("ops.test.basedir", "."), "src/main/octave/worker");

    @TempDir
    Path folder;

    private final String implementation;
    private SessionProcess process;
    private FrameReader reader;
    private FrameWriter writer;
    private byte[] hello;

    WorkerProtocolBehaviour(String implementation) {
        this.implementation = implementation;
    }

    /** What comes behind the options that both have, to start it. */
    abstract List<String> arguments();

    SessionProcess process() {
        return process;
    }

    FrameReader reader() {
        return reader;
    }

    FrameWriter writer() {
        return writer;
    }

    @BeforeEach
    void startOctave() throws IOException {
        List<String> command = new ArrayList<>(List.of("octave-cli", "--norc", "--no-history", "--quiet"));
        command.addAll(List.of("--path", CODE.toAbsolutePath().toString()));
        command.addAll(arguments());
        process = SessionProcess.start(
                command,
                folder,
                Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(), "LC_ALL", "C.UTF-8"),
                SessionProcess.Walls.NONE);
        reader = new FrameReader(process.fromWorker(), 1 << 20);
        writer = new FrameWriter(process.toWorker());
        hello = frameBytes();
    }

    @AfterEach
    void killOctave() {
        process.killGroup();
    }

    private byte[] frameBytes() throws IOException {
        byte[] header = process.fromWorker().readNBytes(24);
        byte[] payload = process.fromWorker().readNBytes(Byte.toUnsignedInt(header[16]));
        byte[] whole = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, whole, header.length, payload.length);
        return whole;
    }

    private void send(byte[] bytes) throws IOException {
        process.toWorker().write(bytes);
        process.toWorker().flush();
    }

    private Frame startAs(int version, Path scratch) throws IOException {
        writer.start(1, new StartRequest(version, MARK, scratch, List.of(folder)));
        return reader.read();
    }

    void started() throws IOException {
        assertThat(startAs(1, folder).kind()).isEqualTo(FrameKind.READY);
    }

    private Answer call(long number, String function, int outputs, OctaveValue... arguments) throws IOException {
        writer.call(number, new CallRequest(MARK, function, outputs, List.of(arguments)));
        Answer answer = Answer.of(reader.read(), FrameKind.CALL, number);
        Frame ready = reader.read();
        assertThat(ready.kind()).isEqualTo(FrameKind.READY);
        assertThat(ready.number()).isEqualTo(number);
        return answer;
    }

    private static OctaveFailure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    private void assertExit(int status) {
        assertThat(process.awaitExit(Duration.ofSeconds(10))).hasValue(status);
    }

    private String printed() throws IOException {
        return new String(process.printed().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void beginsWithHello() throws IOException {
        FrameReader said = new FrameReader(new ByteArrayInputStream(hello), 1000);
        Hello parsed = Hello.of(said.read());

        assertThat(parsed.pid()).isEqualTo(process.pid());
        assertThat(hello)
                .as("laid out as the example of the page is")
                .isEqualTo(WorkerFrames.hello(1, implementation, parsed.octaveVersion(), parsed.pid()));
    }

    @Test
    void answersTheCallOfThePageWithTheResultOfThePage() throws IOException {
        started();

        send(ProtocolPage.example("CALL"));

        assertThat(frameBytes()).isEqualTo(ProtocolPage.example("RESULT"));
    }

    @Test
    void printsTheMarkOfEveryRequestBeforeItsAnswer() throws IOException {
        started();
        call(2, "plus", 1, NumericArray.scalar(1), NumericArray.scalar(1));
        call(3, "error", 0, CharArray.row("no"));
        writer.bare(FrameKind.SHUTDOWN, 4);

        assertThat(printed()).isEqualTo(MARK.repeat(3));
    }

    @Test
    void answersPingBeforeAndAfterStart() throws IOException {
        writer.bare(FrameKind.PING, 77);
        assertThat(reader.read()).extracting(Frame::kind, Frame::number).containsExactly(FrameKind.PONG, 77L);
        started();
        writer.bare(FrameKind.PING, -1);
        assertThat(reader.read()).extracting(Frame::kind, Frame::number).containsExactly(FrameKind.PONG, -1L);
    }

    @Test
    void refusesAServerOfAnotherVersionNamingBoth() throws IOException {
        OctaveFailure failure = failure(Answer.of(startAs(2, folder), FrameKind.START, 1));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.REFUSED);
        assertThat(failure.message()).isEqualTo("the server speaks version 2 of the worker protocol, this worker 1");
    }

    @Test
    void refusesToWorkInADirectoryThatIsNotThere() throws IOException {
        OctaveFailure failure = failure(Answer.of(startAs(1, folder.resolve("none")), FrameKind.START, 1));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.REFUSED);
        assertThat(failure.message()).contains("none");
    }

    @Test
    void endsWhenItIsAskedTo() throws IOException {
        writer.bare(FrameKind.SHUTDOWN, 1);

        assertExit(0);
        assertThat(process.fromWorker().read()).isEqualTo(-1);
    }

    @Test
    void endsWithTheStreamOfRequests() throws IOException {
        process.toWorker().close();

        assertExit(0);
    }

    @Test
    void endsWithStatus70OverWhatIsNoFrame() throws IOException {
        send(new byte[24]);

        assertExit(70);
        assertThat(printed()).startsWith("ops worker: this is no frame: 0000");
    }

    @Test
    void endsWithStatus70OverAFrameThatIsCutOff() throws IOException {
        send(WorkerFrames.header(FrameKind.CALL.number(), 1, 100));
        send(new byte[10]);
        process.toWorker().close();

        assertExit(70);
        assertThat(printed()).startsWith("ops worker: a frame ends after 10 of 100 bytes");
    }

    @Test
    void endsWithStatus70OverAKindThatItDoesNotKnow() throws IOException {
        writer.bare(FrameKind.RESULT, 1);

        assertExit(70);
        assertThat(printed()).startsWith("ops worker: a worker knows no frame of kind 5");
    }

    @Test
    void whatIsNotThereIsThrownNotRefused() throws IOException {
        started();

        OctaveFailure failure = failure(call(2, "no_such_function", 1));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.THROWN);
        assertThat(failure.message()).contains("no_such_function");
    }

    @Test
    void callsFunctionsOfPackages() throws IOException {
        Files.createDirectories(folder.resolve("+geo"));
        Files.writeString(folder.resolve("+geo/area.m"), "function r = area (x)\n  r = x * x;\nend\n");
        started();

        assertThat(call(2, "geo.area", 1, NumericArray.scalar(3)))
                .isEqualTo(new Answer.Result(List.of(NumericArray.scalar(9))));
    }

    @Test
    void aCallForNoOutputsHasNone() throws IOException {
        started();

        assertThat(call(2, "pi", 0)).isEqualTo(new Answer.Result(List.of()));
    }

    @Test
    void noCallChangesTheRecursionLimitOfTheNext() throws IOException {
        Files.writeString(
                folder.resolve("lower.m"),
                "function lower (fails)\n  max_recursion_depth (4);\n  if (fails)\n    error ('x');\n  end\nend\n");
        started();
        Answer before = call(2, "max_recursion_depth", 1);

        assertThat(failure(call(3, "lower", 0, NumericArray.scalar(1))).message())
                .isEqualTo("x");
        assertThat(call(4, "lower", 0, NumericArray.scalar(0))).isInstanceOf(Answer.Result.class);

        assertThat(call(5, "max_recursion_depth", 1)).isEqualTo(before);
    }
}
