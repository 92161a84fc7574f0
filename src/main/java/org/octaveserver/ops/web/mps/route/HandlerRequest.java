package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;

/**
 * The struct that a web request handler is given, with MPS's fields.
 *
 * @param method of the request
 * @param head the fields that are known before the body has come
 */
record HandlerRequest(String method, Map<String, OctaveValue> head) {
    private static final Pattern VERSION = Pattern.compile("HTTP/(\\d)(?:\\.(\\d))?");

    private static final String BODY = "Body";

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    /** What the head of a request says. */
    static HandlerRequest of(HttpServletRequest http) {
        Map<String, OctaveValue> fields = new LinkedHashMap<>();
        fields.put("ApiVersion", NumericArray.doubles(Dimensions.row(3), 1, 0, 0));
        // In its place, which its value takes later.
        fields.put(BODY, bytes(new byte[0]));
        fields.put("Headers", headers(http));
        fields.put("HttpVersion", version(http.getProtocol()));
        fields.put("Method", text(http.getMethod()));
        String query = http.getQueryString();
        fields.put("Path", text(query == null ? http.getRequestURI() : http.getRequestURI() + "?" + query));
        return new HandlerRequest(http.getMethod(), fields);
    }

    /** The struct, when the body has come. */
    OctaveValue with(byte[] body) {
        Map<String, OctaveValue> fields = new LinkedHashMap<>(head);
        fields.put(BODY, bytes(body));
        return StructArray.scalar(fields);
    }

    private static NumericArray bytes(byte[] bytes) {
        return new NumericArray(NumericClass.UINT8, Dimensions.row(bytes.length), false, Elements.wrap(bytes));
    }

    /** A row for each header, a repeated one with repeated rows; names in a column before values, as cells lie. */
    private static CellArray headers(HttpServletRequest http) {
        List<OctaveValue> names = new ArrayList<>();
        List<OctaveValue> values = new ArrayList<>();
        for (String name : Collections.list(http.getHeaderNames())) {
            for (String value : Collections.list(http.getHeaders(name))) {
                if (!isOwnCredential(name, value)) {
                    names.add(text(usual(name)));
                    values.add(text(value));
                }
            }
        }
        names.addAll(values);
        return new CellArray(Dimensions.of(values.size(), 2), names);
    }

    /** {@code content-type} is {@code Content-Type}: containers write all in lower case, user code looks for the usual. */
    private static String usual(String name) {
        return WORD.matcher(name).replaceAll(word -> {
            String letters = word.group();
            return letters.substring(0, 1).toUpperCase(Locale.ROOT)
                    + letters.substring(1).toLowerCase(Locale.ROOT);
        });
    }

    /** A bearer token that gets this far opens this server: user code must not learn it. */
    private static boolean isOwnCredential(String name, String value) {
        return name.equalsIgnoreCase("Authorization")
                && value.strip().toLowerCase(Locale.ROOT).startsWith("bearer");
    }

    private static NumericArray version(String protocol) {
        Matcher matcher = VERSION.matcher(protocol);
        if (!matcher.matches()) {
            return NumericArray.doubles(Dimensions.row(2), 1, 1);
        }
        String minor = matcher.group(2);
        return NumericArray.doubles(
                Dimensions.row(2), Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    }

    /** The bytes as they came: the container reads each as one character. */
    private static CharArray text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new CharArray(bytes.length == 0 ? Dimensions.EMPTY : Dimensions.row(bytes.length), Elements.wrap(bytes));
    }
}
