package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The layout of {@code log4j2.xml}. */
class LogLayoutTest {
    private static String line(Log4jLogEvent.Builder event) {
        return LoggerContext.getContext(false)
                .getConfiguration()
                .getAppender("console")
                .getLayout()
                .toSerializable(event.setLoggerName("org.octaveserver.ops.Some")
                        .setLevel(Level.WARN)
                        .build())
                .toString();
    }

    private static Log4jLogEvent.Builder event(String message) {
        return Log4jLogEvent.newBuilder().setMessage(new SimpleMessage(message));
    }

    @Test
    void isPlainForAPlainEvent() {
        assertThat(line(event("bundle=x error=y"))).matches("\\S+ WARN  Some bundle=x error=y\n");
    }

    @Test
    void forgesNoLineFromAMessage() {
        assertThat(line(event("bundle=x\r\n2026-01-01 ERROR forged")))
                .endsWith("bundle=x\\r\\n2026-01-01 ERROR forged\n")
                .hasLineCount(1);
    }

    @Test
    void showsAnExceptionWithItsCausesInTheSameLine() {
        Exception thrown = new IllegalStateException("outer\nforged", new IllegalArgumentException("inner"));
        assertThat(line(event("failed").setThrown(thrown)))
                .contains("failed | java.lang.IllegalStateException: outer\\nforged")
                .contains("LogLayoutTest")
                .contains("Caused by: java.lang.IllegalArgumentException: inner")
                .endsWith("\n")
                .hasLineCount(1);
    }
}
