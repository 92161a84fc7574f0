package org.octaveserver.ops.web.manage;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.web.edge.RequestPath;

/**
 * Takes what may be large or long of a job before Jersey sees it, which would hold a thread while a client takes it: the
 * result, what was printed, the events. Thread-safe.
 */
public final class JobFilter extends HttpFilter {
    private static final Pattern PATH = Pattern.compile("/api/v1/jobs/([^/]*)/(result|output|events)");

    private final transient JobContents contents;

    public JobFilter(JobContents contents) {
        this.contents = contents;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = RequestPath.of(request);
        Matcher matcher = PATH.matcher(path);
        if (matcher.matches()) {
            contents.answer(request, response, matcher.group(1), matcher.group(2));
        } else {
            chain.doFilter(request, response);
        }
    }
}
