package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.web.edge.AsyncResponse;

/**
 * What a web request handler answered, checked. All fields are optional; those that MPS does not name are not looked at.
 *
 * @param status from 200 to 599
 * @param body the bytes
 */
record HandlerResponse(int status, ResponseHeaders headers, Elements body) {
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 599;
    /** No Content, Reset Content, Not Modified (RFC 9110). */
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);

    /**
     * Reads the struct of a response.
     *
     * @throws org.octaveserver.ops.error.OpsException {@code INVALID_HANDLER_RESPONSE}, naming the field
     */
    static HandlerResponse of(OctaveValue value) {
        if (!(value instanceof StructArray response) || !response.dimensions().isScalar()) {
            throw new ResponseField("the handler's output", value).wrong("must be a struct of 1x1");
        }
        field(response, "ApiVersion").ifPresent(HandlerResponse::checkVersion);
        // No container that OPS runs in can send a reason phrase any more.
        field(response, "HttpMessage").ifPresent(ResponseField::text);
        return new HandlerResponse(
                field(response, "HttpCode").map(HandlerResponse::status).orElse(LEAST_STATUS),
                field(response, "Headers").map(ResponseHeaders::of).orElse(ResponseHeaders.NONE),
                field(response, "Body").map(ResponseField::bytes).orElse(Elements.NONE));
    }

    private static Optional<ResponseField> field(StructArray response, String name) {
        return response.fields().contains(name)
                ? Optional.of(new ResponseField("resp." + name, response.valueOf(name, 0)))
                : Optional.empty();
    }

    private static void checkVersion(ResponseField field) {
        boolean isVersion = field.value() instanceof NumericArray version
                && version.dimensions().isRow()
                && version.dimensions().columns() == 3;
        if (!isVersion) {
            throw field.wrong("must be three numbers, such as [1 0 0]");
        }
    }

    private static int status(ResponseField field) {
        OptionalDouble code = field.number();
        if (code.isEmpty()) {
            throw field.wrong("must be a number from " + LEAST_STATUS + " to " + MOST_STATUS);
        }
        double status = code.getAsDouble();
        if (!(status >= LEAST_STATUS && status <= MOST_STATUS && status == Math.rint(status))) {
            throw field.wrong("must be a whole number from " + LEAST_STATUS + " to " + MOST_STATUS + ", not "
                    + (Double.isFinite(status) ? field.textOrNumber() : String.valueOf(status)));
        }
        return (int) status;
    }

    /** The response to a request of some method. */
    AsyncResponse.Message to(String method) {
        boolean sent = !BODILESS.contains(status) && !method.equals(HttpMethod.HEAD);
        byte[] bytes = sent ? body.toBytes() : new byte[0];
        return new AsyncResponse.Message(this::addTo, new ByteArrayInputStream(bytes), bytes.length);
    }

    private void addTo(HttpServletResponse response) {
        response.setStatus(status);
        headers.rows().forEach(header -> response.addHeader(header.name(), header.value()));
        if (BODILESS.contains(status)) {
            return;
        }
        response.setContentLength(body.byteLength());
        if (body.byteLength() > 0 && !headers.has(HttpHeaders.CONTENT_TYPE)) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM);
        }
    }
}
