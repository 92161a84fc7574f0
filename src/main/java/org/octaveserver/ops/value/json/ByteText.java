package org.octaveserver.ops.value.json;

import java.nio.charset.StandardCharsets;

/**
 * Bytes as text without loss. Octave's char is a byte and its text UTF-8, but nothing keeps a char array from holding
 * other bytes. A byte that is no part of valid UTF-8 becomes the lone surrogate U+DC80 to U+DCFF with its value in the
 * low bits, and back (Python's "surrogateescape", PEP 383). Valid UTF-8 has no surrogates, so the two never mix.
 */
final class ByteText {
    private static final int ESCAPE = 0xDC00;

    private ByteText() {}

    /** The text of any bytes. */
    static String decode(byte[] bytes) {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceAt(bytes, i);
            if (length == 0) {
                text.append((char) (ESCAPE | Byte.toUnsignedInt(bytes[i])));
                i++;
            } else {
                text.appendCodePoint(codePointAt(bytes, i, length));
                i += length;
            }
        }
        return text.toString();
    }

    /** Each byte as one character: itself when it is ASCII, else its escape. */
    static String escapeEach(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((char) (b >= 0 ? b : ESCAPE | Byte.toUnsignedInt(b)));
        }
        return text.toString();
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** The length of the valid UTF-8 sequence that begins there (RFC 3629), or 0. */
    private static int sequenceAt(byte[] bytes, int at) {
        int lead = Byte.toUnsignedInt(bytes[at]);
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int codePoint = codePointAt(bytes, at, length);
        boolean shortest = codePoint >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return shortest && !surrogate && codePoint <= Character.MAX_CODE_POINT ? length : 0;
    }

    private static int codePointAt(byte[] bytes, int at, int length) {
        int codePoint = length == 1 ? bytes[at] : bytes[at] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | (bytes[at + i] & 0x3F);
        }
        return codePoint;
    }

    /** Whether the text stands for bytes: no lone surrogate in it but the escapes of bytes. */
    static boolean isEncodable(String text) {
        return !hasSurrogates(text) || text.codePoints().noneMatch(c -> isLoneSurrogate(c) && !isEscape(c));
    }

    /** Whether some byte in the text is escaped. */
    static boolean hasEscapes(String text) {
        return hasSurrogates(text) && text.codePoints().anyMatch(ByteText::isLoneSurrogate);
    }

    /** Spares nearly every text the walk by code points. */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a code point of a text is the escape of a byte. */
    static boolean isEscape(int codePoint) {
        return codePoint >= 0xDC80 && codePoint <= 0xDCFF;
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** The bytes of an encodable text. */
    static byte[] encode(String text) {
        if (!hasEscapes(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[encodedLength(text)];
        int[] length = {0};
        text.codePoints().forEach(c -> length[0] = encode(c, bytes, length[0]));
        return bytes;
    }

    private static int encodedLength(String text) {
        return Math.toIntExact(
                text.codePoints().mapToLong(ByteText::encodedLength).sum());
    }

    /** How many bytes a code point of an encodable text takes. */
    static int encodedLength(int codePoint) {
        return codePoint < 0x80 || isEscape(codePoint) ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static int encode(int codePoint, byte[] bytes, int at) {
        int length = encodedLength(codePoint);
        if (length == 1) {
            bytes[at] = (byte) codePoint;
            return at + 1;
        }
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--) {
            bytes[at + i] = (byte) (0x80 | (rest & 0x3F));
            rest >>= 6;
        }
        bytes[at] = (byte) (0xF00 >> length | rest);
        return at + length;
    }
}
