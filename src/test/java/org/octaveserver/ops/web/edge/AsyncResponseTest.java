package org.octaveserver.ops.web.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncResponseTest {
    private final Taking out = new Taking();
    private int completed;

    /** A client that takes everything. */
    private static final class Taking extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private @Nullable Error broken;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // What it has been told is said by the test.
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException("one byte at a time is slow");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (broken != null) {
                throw broken;
            }
            taken.write(bytes, offset, length);
        }
    }

    private AsyncResponse open() throws IOException {
        HttpServletResponse response = fake(HttpServletResponse.class, () -> out);
        return AsyncResponse.open(fake(AsyncContext.class, () -> response));
    }

    /** Whatever is asked for is this, but for the end. */
    private <T> T fake(Class<T> type, Supplier<Object> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getName().equals("complete")) {
                        completed++;
                        return null;
                    }
                    return answer.get();
                }));
    }

    private static AsyncResponse.Message message(Consumer<HttpServletResponse> head) {
        byte[] body = "answer".getBytes(US_ASCII);
        return new AsyncResponse.Message(head, new ByteArrayInputStream(body), body.length);
    }

    @Test
    void anAnswerWhoseHeadCannotBeMadeIsFollowedByAnother() throws IOException {
        AsyncResponse response = open();
        response.onWritePossible();
        assertThatThrownBy(() -> response.send(message(head -> {
                    throw new IllegalArgumentException("no such header");
                })))
                .hasMessage("no such header");
        assertThat(completed).isZero();

        response.send(message(head -> {}));
        assertThat(out.taken.toString(US_ASCII)).isEqualTo("answer");
        assertThat(completed).isOne();
    }

    @Test
    void anErrorWhileItIsWrittenEndsTheRequest() throws IOException {
        AsyncResponse response = open();
        out.broken = new StackOverflowError("of a test");
        response.send(message(head -> {}));
        response.onWritePossible();
        assertThat(completed).isOne();
    }
}
