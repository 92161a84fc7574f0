package org.octaveserver.ops.web.edge;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/**
 * Reads the lines of {@code /proc/net/tcp} or {@code tcp6} (proc(5)), one after the other, into itself. A line that is none
 * is passed over.
 */
final class TcpLines {
    private static final int BUFFER = 1 << 16;
    private static final int END = -1;
    private static final int RADIX = 16;
    private static final int WORD = Integer.SIZE;
    private static final int DIGIT = 4;
    private static final int IPV4_DIGITS = 8;
    private static final int IPV6_DIGITS = 32;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;
    /** What was read last. */
    private int last = '\n';

    private long high;
    private long low;
    private long localHigh;
    private long localLow;
    private int localPort;
    private int remotePort;
    private int state;

    TcpLines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; answers whether there is one. */
    boolean next() throws IOException {
        while (last != END) {
            skipLine();
            if (last != END && isLine()) {
                return true;
            }
        }
        return false;
    }

    int remotePort() {
        return remotePort;
    }

    /** By Linux's numbers. */
    int state() {
        return state;
    }

    TcpEnds ends() {
        return new TcpEnds(new TcpEnds.End(localHigh, localLow, localPort), new TcpEnds.End(high, low, remotePort));
    }

    /** {@code 0: 0100007F:1F90 0100007F:C350 01 ...}; before the number may be blanks, and the first line has titles. */
    private boolean isLine() throws IOException {
        skipBlanks();
        while (Character.digit(last, RADIX) >= 0) {
            read();
        }
        if (last != ':') {
            return false;
        }
        read();
        if (!readAddress()) {
            return false;
        }
        localHigh = high;
        localLow = low;
        localPort = readNumber();
        if (!readAddress()) {
            return false;
        }
        remotePort = readNumber();
        skipBlanks();
        state = readNumber();
        return last == ' ';
    }

    /** The words of an address stand as numbers of this machine. */
    private boolean readAddress() throws IOException {
        skipBlanks();
        high = 0;
        low = 0;
        int digits = 0;
        int word = 0;
        for (int digit = Character.digit(last, RADIX); digit >= 0; digit = Character.digit(read(), RADIX)) {
            word = (word << DIGIT) | digit;
            digits++;
            if (digits % IPV4_DIGITS == 0) {
                high = (high << WORD) | (low >>> WORD);
                low = (low << WORD) | Integer.toUnsignedLong(inOrderOfTheNet(word));
            }
        }
        if (digits == IPV4_DIGITS) {
            low |= TcpEnds.MAPPED;
        }
        if (last != ':' || (digits != IPV4_DIGITS && digits != IPV6_DIGITS)) {
            return false;
        }
        read();
        return true;
    }

    private static int inOrderOfTheNet(int word) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word;
    }

    private int readNumber() throws IOException {
        int number = 0;
        for (int digit = Character.digit(last, RADIX); digit >= 0; digit = Character.digit(read(), RADIX)) {
            number = ((number << DIGIT) & Character.MAX_VALUE) | digit;
        }
        return number;
    }

    private void skipBlanks() throws IOException {
        while (last == ' ') {
            read();
        }
    }

    /** To the first character of the next one. */
    private void skipLine() throws IOException {
        while (last != '\n' && last != END) {
            read();
        }
        if (last != END) {
            read();
        }
    }

    @CanIgnoreReturnValue
    private int read() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(buffer));
        }
        last = filled == 0 ? END : buffer[position++];
        return last;
    }
}
