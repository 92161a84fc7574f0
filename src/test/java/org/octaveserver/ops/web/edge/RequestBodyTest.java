package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Watchdog;

class RequestBodyTest {
    private static final int MOST = 200_000;

    private final HeldBytes held = new HeldBytes(Long.MAX_VALUE);
    private final Arriving in = new Arriving();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<OpsException> failures = new ArrayList<>();

    /** A body that comes in parts, whose end is known when it has come. */
    private static final class Arriving extends ServletInputStream {
        private @Nullable ReadListener listener;
        private int there;
        private boolean ended;
        private @Nullable Error broken;

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time is slow");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (broken != null) {
                throw broken;
            }
            if (there == 0) {
                assertThat(ended).as("no read waits").isTrue();
                return -1;
            }
            int count = Math.min(length, there);
            there -= count;
            return count;
        }

        @Override
        public int available() {
            return there;
        }

        @Override
        public boolean isFinished() {
            return ended && there == 0;
        }

        @Override
        public boolean isReady() {
            return there > 0;
        }

        @Override
        public void setReadListener(ReadListener given) {
            listener = given;
        }

        void comes(int count) throws IOException {
            there += count;
            if (listener != null) {
                listener.onDataAvailable();
            }
        }

        void ends() throws IOException {
            ended = true;
            if (listener != null) {
                listener.onAllDataRead();
            }
        }
    }

    private HttpServletRequest request(int length) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> in;
                    case "getContentLength" -> length;
                    case "getContentLengthLong" -> (long) length;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void read(int length) throws IOException {
        new RequestBody(request(length), MOST, held.share(), new Watchdog())
                .read(body -> lengths.add(body.length), failures::add);
    }

    @Test
    void readsAtOnceWhatIsThere() throws IOException {
        in.comes(100_000);
        read(100_000);
        assertThat(lengths).containsExactly(100_000);
        read(0);
        assertThat(lengths).containsExactly(100_000, 0);
    }

    @Test
    void knowsOneThatTellsNoLengthByItsEnd() throws IOException {
        read(-1);
        in.comes(70_000);
        in.comes(MOST - 70_000);
        assertThat(lengths).isEmpty();
        in.ends();
        assertThat(lengths).containsExactly(MOST);
        assertThat(failures).isEmpty();
    }

    @Test
    void takesOneThatHasNoneAtOnce() throws IOException {
        in.ends();
        read(-1);
        assertThat(lengths).containsExactly(0);
    }

    @Test
    void refusesOneByteMoreThanIsAllowed() throws IOException {
        read(-1);
        in.comes(MOST);
        in.comes(1);
        in.ends();
        assertThat(lengths).isEmpty();
        assertThat(failures).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
            assertThat(why)
                    .hasMessage("the body is larger than the 200000 bytes that are allowed"
                            + " (setting ops.http.max-request-size)");
        });
        assertThatThrownBy(() -> RequestBody.checkLength(request(MOST + 1), MOST))
                .hasMessage(failures.get(0).getMessage());
        RequestBody.checkLength(request(MOST), MOST);
    }

    @Test
    void tellsOnceThatItBrokeOff() throws IOException {
        RequestBody body = new RequestBody(request(-1), MOST, held.share(), new Watchdog());
        body.read(whole -> lengths.add(whole.length), failures::add);
        in.comes(10);
        body.onError(new EOFException());
        body.onError(new EOFException());
        in.ends();
        assertThat(lengths).isEmpty();
        assertThat(failures).singleElement().satisfies(why -> assertThat(why).hasMessageContaining("broke off"));
    }

    @Test
    void anErrorWhileItIsReadIsToldLikeAnyFailure() throws IOException {
        in.broken = new StackOverflowError("of a test");
        in.comes(10);
        read(20);
        read(-1);
        in.comes(10);
        assertThat(lengths).isEmpty();
        assertThat(failures).hasSize(2).allSatisfy(why -> assertThat(why.code()).isEqualTo(ErrorCode.INTERNAL));
    }
}
