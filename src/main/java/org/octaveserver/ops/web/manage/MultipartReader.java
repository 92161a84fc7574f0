package org.octaveserver.ops.web.manage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part as it arrives; holds no more than a buffer of it. Not
 * thread-safe.
 */
final class MultipartReader {
    /** RFC 2046, 5.1.1. */
    private static final int LONGEST_BOUNDARY = 70;

    private static final int MAX_HEADERS = 16 * 1024;

    private final MultipartInput body;
    private boolean begun;

    /**
     * A reader of one body.
     *
     * @param boundary as the media type of the body names it
     */
    MultipartReader(InputStream body, String boundary) throws IOException {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw broken("the boundary in the Content-Type header is none");
        }
        this.body = MultipartInput.builder()
                .setInputStream(body)
                .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                .setMaxPartHeaderSize(MAX_HEADERS)
                .get();
        this.body.setHeaderCharset(StandardCharsets.UTF_8);
    }

    /**
     * One part.
     *
     * @param name of the form's field
     * @param fileName as the sender says
     * @param content valid until the next part is asked for
     */
    record Part(String name, Optional<String> fileName, InputStream content) {}

    /** The next part; nothing after the last one. What was not read of the one before is skipped. */
    Optional<Part> next() throws IOException {
        try {
            return isAtPart() ? Optional.of(part(body.readHeaders())) : Optional.empty();
        } catch (FileUploadSizeException e) {
            throw broken("a part has more than " + MAX_HEADERS + " bytes of headers");
        }
    }

    private boolean isAtPart() throws IOException {
        if (begun) {
            body.discardBodyData();
            return body.readBoundary();
        }
        begun = true;
        if (!body.skipPreamble()) {
            throw broken("no part begins in it with the boundary that the Content-Type header names");
        }
        return true;
    }

    private Part part(String headers) throws IOException {
        String disposition = headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .orElseThrow(() -> broken("a part has no Content-Disposition header"));
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        Map<String, String> parameters = parser.parse(disposition, ';');
        String name = Optional.ofNullable(parameters.get("name"))
                .orElseThrow(() -> broken("a part has no name in its Content-Disposition header"));
        return new Part(name, Optional.ofNullable(parameters.get("filename")), body.newInputStream());
    }

    static OpsException broken(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, "the body is no multipart/form-data: " + why);
    }
}
