package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.ValueLimits;

/** The page and the code say the same. What a real worker sends is compared in {@code WorkerProtocolIT}. */
class ProtocolPageTest {
    private static final CallRequest CALL = new CallRequest(
            "\u001e0123456789abcdef0123456789abcdef",
            "plus",
            1,
            List.of(NumericArray.scalar(1.5), NumericArray.scalar(2)));

    @Test
    void helloIsReadAsThePageExplainsIt() throws IOException {
        byte[] hello = ProtocolPage.example("HELLO");

        assertThat(Hello.of(WorkerFrames.reader(hello).read()))
                .isEqualTo(new Hello(Protocol.VERSION, "portable", "7.3.0", 4242));
        assertThat(WorkerFrames.hello(Protocol.VERSION, "portable", "7.3.0", 4242))
                .isEqualTo(hello);
    }

    @Test
    void callIsWrittenAsThePageShows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new FrameWriter(out).call(2, CALL);

        assertThat(out.toByteArray()).isEqualTo(ProtocolPage.example("CALL"));
    }

    @Test
    void resultIsReadAsThePageExplainsIt() throws IOException {
        Frame frame = WorkerFrames.reader(ProtocolPage.example("RESULT")).read();

        assertThat(Answer.of(frame, FrameKind.CALL, 2)).isEqualTo(new Answer.Result(List.of(NumericArray.scalar(3.5))));
    }

    @Test
    void progressIsReadAsThePageExplainsIt() throws IOException {
        byte[] progress = ProtocolPage.example("PROGRESS");

        assertThat(ProgressReport.read(WorkerFrames.reader(progress).read(), 2))
                .isEqualTo(new ProgressReport(0.5, "half"));
        assertThat(WorkerFrames.progress(2, 0.5, "half")).isEqualTo(progress);
    }

    @Test
    void listenAndForkAreWrittenAsThePageShows() throws IOException {
        ByteArrayOutputStream listen = new ByteArrayOutputStream();
        ByteArrayOutputStream fork = new ByteArrayOutputStream();

        new FrameWriter(listen).listen(2, Path.of("/run/fork"), 4000);
        new FrameWriter(fork).fork(3, Map.of("HOME", "/run"), Map.of());

        assertThat(listen.toByteArray()).isEqualTo(ProtocolPage.example("LISTEN"));
        assertThat(fork.toByteArray()).isEqualTo(ProtocolPage.example("FORK"));
    }

    @Test
    void forkedAndExitedAreReadAsThePageExplainsThem() throws IOException {
        Frame forked = WorkerFrames.reader(ProtocolPage.example("FORKED")).read();
        Frame exited = WorkerFrames.reader(ProtocolPage.example("EXITED")).read();

        assertThat(Answer.of(forked, FrameKind.FORK, 3)).isEqualTo(new Answer.Forked(4242));
        assertThat(Exited.of(exited)).isEqualTo(new Exited(4242, 137));
    }

    @Test
    void everyKindOfFrameHasItsLine() {
        for (FrameKind kind : FrameKind.values()) {
            assertThat(ProtocolPage.text()).contains("| " + kind.number() + " | " + kind + " |");
        }
    }

    @Test
    void everyTagHasItsLine() {
        String page = ProtocolPage.text();
        for (NumericClass type : NumericClass.values()) {
            assertThat(page).contains("| " + ValueTag.of(type) + " | " + type.octaveName() + " |");
        }
        assertThat(page)
                .contains("| " + ValueTag.LOGICAL + " | logical |")
                .contains("| " + ValueTag.CHAR + " | char |")
                .contains("| " + ValueTag.CELL + " | cell |")
                .contains("| " + ValueTag.STRUCT + " | struct |")
                .contains("| " + ValueTag.SPARSE + " | sparse double |")
                .contains("| " + ValueTag.SPARSE_LOGICAL + " | sparse logical |")
                .contains("| " + ValueTag.FUNCTION_HANDLE + " | function handle |");
    }

    @Test
    void versionAndLimitsAreThoseOfTheCode() {
        assertThat(ProtocolPage.text())
                .contains("This is version " + Protocol.VERSION + " of the protocol.")
                .contains("at most " + ValueLimits.MAX_NESTING + " levels");
    }
}
