package org.octaveserver.ops.web.mps.route;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110, 14.2).
 *
 * @param first the first byte, from 0
 * @param length how many bytes; 0 when the file has none of those that are asked for
 */
record ByteRange(long first, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The range of a header; nothing when it asks for several, or for what is no range: all may be sent then. */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = ONE.matcher(header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? Optional.empty() : Optional.of(last(Math.min(Long.parseLong(to), size), size));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, first >= size ? 0 : Math.min(last, size - 1) - first + 1));
    }

    private static ByteRange last(long count, long size) {
        return new ByteRange(size - count, count);
    }

    /** As {@code Content-Range} says it. */
    String text(long size) {
        return length == 0 ? "bytes */" + size : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
