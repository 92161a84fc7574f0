package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.RequestPath;

/** Serves files below a folder, for reading only, streamed and never listed. Thread-safe. */
final class StaticFiles {
    private static final int PARTIAL = 206;
    private static final int FOUND = 302;
    private static final int NOT_SATISFIABLE = 416;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * Answers a request that leads to a file.
     *
     * @throws OpsException {@code FILE_NOT_FOUND}
     */
    Response answer(Routed.ToFile wanted, HttpServletRequest http) throws IOException {
        boolean head = http.getMethod().equals(HttpMethod.HEAD);
        if (!head && !http.getMethod().equals(HttpMethod.GET)) {
            throw new NotAllowedException(HttpMethod.GET, new String[] {HttpMethod.HEAD});
        }
        String path = RequestPath.of(http);
        if (wanted.file().isEmpty() && !path.endsWith("/")) {
            return toDirectory(path);
        }
        StaticFile file = StaticFile.find(wanted.folder(), wanted.file()).orElseThrow(StaticFiles::notFound);
        if (file.directory()) {
            return toDirectory(path);
        }
        String tag = tag(wanted, file);
        if (isKnown(tag, Collections.list(http.getHeaders(HttpHeaders.IF_NONE_MATCH)))) {
            return marked(Response.notModified(), wanted, file, tag).build();
        }
        return content(file, range(http, tag, file), head, marked(Response.ok(), wanted, file, tag));
    }

    private static OpsException notFound() {
        return new OpsException(ErrorCode.FILE_NOT_FOUND, "no file is served at this URL");
    }

    /** Links in a page are relative to the last slash of its URL, so a directory's must have one. Never absolute. */
    private static Response toDirectory(String path) {
        try {
            String name = path.substring(path.lastIndexOf('/') + 1);
            URI relative = new URI(null, null, "./" + name + "/", null);
            return Response.status(FOUND)
                    .header(HttpHeaders.LOCATION, relative.toASCIIString())
                    .build();
        } catch (URISyntaxException e) {
            throw new OpsException(ErrorCode.FILE_NOT_FOUND, "no file is served at this URL", e);
        }
    }

    /** A version never changes; a folder of the server's may, and then a file has another size or time. */
    private static String tag(Routed.ToFile wanted, StaticFile file) {
        String content = wanted.version()
                .map(version -> version.digest().substring(0, 16))
                .orElseGet(() -> file.modified().toString());
        return "\"" + content + "-" + Long.toHexString(file.size()) + "\"";
    }

    private static boolean isKnown(String tag, List<String> headers) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    private static Response.ResponseBuilder marked(
            Response.ResponseBuilder response, Routed.ToFile wanted, StaticFile file, String tag) {
        Instant since = wanted.version().map(version -> version.stored()).orElse(file.modified());
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(since))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static Optional<ByteRange> range(HttpServletRequest http, String tag, StaticFile file) {
        String condition = http.getHeader("If-Range");
        return Optional.ofNullable(http.getHeader("Range"))
                .filter(range -> condition == null || condition.strip().equals(tag))
                .flatMap(range -> ByteRange.of(range, file.size()));
    }

    private static Response content(
            StaticFile file, Optional<ByteRange> wanted, boolean head, Response.ResponseBuilder response)
            throws IOException {
        ByteRange range = wanted.orElse(new ByteRange(0, file.size()));
        response.header("Accept-Ranges", "bytes");
        if (wanted.isPresent()) {
            response.header("Content-Range", range.text(file.size()));
            response.status(range.length() == 0 ? NOT_SATISFIABLE : PARTIAL);
            if (range.length() == 0) {
                return response.build();
            }
        }
        response.header(
                        HttpHeaders.CONTENT_TYPE,
                        MediaTypes.of(file.path().getFileName().toString()))
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
        return head ? response.build() : response.entity(file.open(range)).build();
    }
}
