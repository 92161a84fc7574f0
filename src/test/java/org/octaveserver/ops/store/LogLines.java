package org.octaveserver.ops.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged until it is closed. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private record Line(String logger, String text) {}

    public LogLines() {
        super("lines", null, null, true, Property.EMPTY_ARRAY);
        start();
        LoggerContext.getContext(false).getRootLogger().addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(new Line(
                event.getLoggerName(),
                event.getLevel() + " " + event.getMessage().getFormattedMessage()));
    }

    /** Level and message of what a class has logged. */
    public List<String> of(Class<?> type) {
        return lines.stream()
                .filter(line -> line.logger().equals(type.getName()))
                .map(Line::text)
                .toList();
    }

    @Override
    public void close() {
        LoggerContext.getContext(false).getRootLogger().removeAppender(this);
        stop();
    }
}
