package org.octaveserver.ops.web.mps.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;

/** What of a handler's answer is taken, and how the rest is refused. */
class HandlerResponseTest {
    private static HandlerResponse with(String field, OctaveValue value) {
        return HandlerResponse.of(StructArray.scalar(Map.of(field, value)));
    }

    private static OctaveValue rows(int count, String name, OctaveValue value) {
        List<OctaveValue> cells = new ArrayList<>(Collections.nCopies(count, CharArray.row(name)));
        cells.addAll(Collections.nCopies(count, value));
        return new CellArray(Dimensions.of(count, 2), cells);
    }

    private static OctaveValue integer(NumericClass type, long value) {
        return new NumericArray(type, Dimensions.SCALAR, false, Elements.ofLongs(value));
    }

    private static void refuses(String field, OctaveValue value, String message) {
        assertThatThrownBy(() -> with(field, value))
                .hasMessageStartingWith(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_HANDLER_RESPONSE));
    }

    @Test
    void refusesMoreHeadersThanTheContainerCanSend() {
        refuses(
                "Headers",
                rows(1, "X-A", CharArray.row("a".repeat(20_000))),
                "resp.Headers must have at most 6144 bytes in all, counting 4 beside each name and value, not 20007; it is"
                        + " 1x2 cell");
        refuses("Headers", rows(2000, "X-A", CharArray.row("b")), "resp.Headers must have at most 6144 bytes in all");
        assertThat(with("Headers", rows(768, "X-A", CharArray.row("b")))
                        .headers()
                        .rows())
                .hasSize(768);
        refuses("Headers", rows(769, "X-A", CharArray.row("b")), "resp.Headers must have at most 6144 bytes in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=latin-9999", "text/html; CHARSET=\"no such\"", "text/html;charset=''"})
    void refusesACharsetThatTheContainerWouldDrop(String type) {
        refuses(
                "Headers",
                rows(1, "Content-Type", CharArray.row(type)),
                "resp.Headers{1,2} must name a charset that the server knows, such as utf-8, or none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html; charset=UTF-8", "text/html; charset=\"latin1\"", "a/b; x=y"})
    void takesOtherTypesAsTheyAre(String type) {
        assertThat(with("Headers", rows(1, "Content-Type", CharArray.row(type)))
                        .headers()
                        .rows())
                .containsExactly(new ResponseHeaders.Header("Content-Type", type));
    }

    @Test
    void readsEveryDigitOfLargeIntegers() {
        refuses(
                "HttpCode",
                integer(NumericClass.UINT64, -1),
                "resp.HttpCode must be a whole number from 200 to 599, not 18446744073709551615");
        refuses(
                "HttpCode",
                integer(NumericClass.INT64, -1),
                "resp.HttpCode must be a whole number from 200 to 599, not -1;");
        assertThat(with("HttpCode", integer(NumericClass.UINT64, 404)).status()).isEqualTo(404);
        assertThat(with("Headers", rows(1, "X-N", integer(NumericClass.INT64, Long.MIN_VALUE)))
                        .headers()
                        .rows())
                .extracting(ResponseHeaders.Header::value)
                .containsExactly("-9223372036854775808");
    }
}
