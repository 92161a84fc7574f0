package org.octaveserver.ops.web.manage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream that ends before each occurrence of a delimiter, and goes on behind it when told. Not thread-safe. */
final class DelimitedStream extends InputStream {
    private static final int SIZE = 64 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[SIZE];
    private int start;
    private int end;
    /** How far the buffer is known to be content; at most {@link #end}. */
    private int content;

    /** Whether a delimiter begins where the content ends. */
    private boolean ended;

    /**
     * A stream at the beginning of a body, where the first delimiter needs no end of a line before it.
     *
     * @param delimiter begins with the end of a line
     */
    DelimitedStream(InputStream in, String delimiter) {
        this.in = in;
        this.delimiter = delimiter.getBytes(StandardCharsets.ISO_8859_1);
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    @Override
    public int read() throws IOException {
        return hasContent() ? buffer[start++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasContent()) {
            return -1;
        }
        int count = Math.min(length, content - start);
        System.arraycopy(buffer, start, bytes, offset, count);
        start += count;
        return count;
    }

    /** Whether there is content; reads until that is known. */
    private boolean hasContent() throws IOException {
        while (content == start && !ended) {
            fill();
            look();
        }
        return content > start;
    }

    private void look() {
        int last = end - delimiter.length;
        int at = Math.max(start, content);
        while (at <= last && !isDelimiter(at)) {
            at++;
        }
        content = at;
        ended = at <= last;
    }

    private boolean isDelimiter(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads more; the body must not end here. */
    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        content = Math.max(0, content - start);
        start = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new EOFException("the body ends before its last boundary");
        }
        end += count;
    }

    /** Passes over what is left of the content, and over the delimiter. */
    void skipToDelimiter() throws IOException {
        while (hasContent()) {
            start = content;
        }
        start += delimiter.length;
        content = start;
    }

    /** The next byte, content or not; between a delimiter and {@link #beginContent}. */
    int readRaw() throws IOException {
        if (start == end) {
            content = start;
            fill();
        }
        content = start + 1;
        return buffer[start++] & 0xff;
    }

    /** What follows is content, up to the next delimiter. */
    void beginContent() {
        content = start;
        ended = false;
        look();
    }
}
