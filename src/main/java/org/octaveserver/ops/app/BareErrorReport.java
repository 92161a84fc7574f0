package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.web.edge.BareError;

/**
 * What Tomcat itself answers, to requests that never reach the application, such as a URL with a broken escape: no
 * version, no stack. Public with a constructor of no arguments because Tomcat makes it. Thread-safe.
 */
public final class BareErrorReport extends ErrorReportValve {
    private static final Logger LOG = LogManager.getLogger(BareErrorReport.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(BareError.TYPE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(BareError.body(status));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("status={} could not be reported", status, e);
        }
    }
}
