package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.octaveserver.ops.value.ValueLimits;

/** Records one JSON value on a tape: iteratively, so that no nesting reaches the end of the thread's stack. */
final class TapeRecorder {
    /** A struct in large notation takes three levels of JSON; the innermost value may be an array in small notation. */
    static final int MOST_LEVELS = 4 * ValueLimits.MAX_NESTING + 8;

    private static final double LARGEST_INTEGER = 0x1p64;
    private static final int BITS = 64;

    private final JsonParser parser;
    private final Tape tape;
    private final int[] places = new int[MOST_LEVELS];
    private final int[] children = new int[MOST_LEVELS];
    private int level;

    private TapeRecorder(JsonParser parser, Tape tape) {
        this.parser = parser;
        this.tape = tape;
    }

    /** Records the value whose first token is the parser's current one; leaves the parser on its last. */
    static Tape record(JsonParser parser, String root) throws IOException {
        Tape tape = new Tape(root);
        TapeRecorder recorder = new TapeRecorder(parser, tape);
        recorder.add(parser.currentToken());
        while (recorder.level > 0) {
            recorder.add(parser.nextToken());
        }
        return tape;
    }

    private void add(JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> tape.addName(parser.currentName());
            case START_ARRAY -> open(Tape.ARRAY);
            case START_OBJECT -> open(Tape.OBJECT);
            case END_ARRAY, END_OBJECT -> {
                level--;
                tape.close(places[level], children[level]);
            }
            default -> {
                countChild();
                addScalar(token);
            }
        }
    }

    private void open(byte kind) {
        countChild();
        int place = tape.open(kind);
        if (level == MOST_LEVELS) {
            throw Refusal.at(tape, place, "nested deeper than " + ValueLimits.MAX_NESTING + " levels");
        }
        places[level] = place;
        children[level] = 0;
        level++;
    }

    private void countChild() {
        if (level > 0) {
            children[level - 1]++;
        }
    }

    private void addScalar(JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NULL -> tape.addConstant(Tape.NULL);
            case VALUE_FALSE -> tape.addConstant(Tape.FALSE);
            case VALUE_TRUE -> tape.addConstant(Tape.TRUE);
            case VALUE_STRING -> tape.addString(parser.getText());
            case VALUE_NUMBER_INT -> addInteger();
            case VALUE_NUMBER_FLOAT -> addFraction();
            default -> throw new IllegalStateException("no JSON value begins with " + token);
        }
    }

    private void addInteger() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            addLarge(parser.getText());
            return;
        }
        long value = parser.getLongValue();
        if (value == 0 && parser.getTextCharacters()[parser.getTextOffset()] == '-') {
            tape.addDouble(-0.0);
        } else {
            tape.addLong(value);
        }
    }

    /** Adds an integer of more digits than a {@code long} has; 20 are the most that 64 bits can be. */
    private void addLarge(String digits) {
        if (digits.length() > 20 || !addExact(new BigInteger(digits))) {
            addRounded(finite(NumberInput.parseDouble(digits, true)), digits);
        }
    }

    private void addFraction() throws IOException {
        double value = finite(parser.getDoubleValue());
        // 9007199254740993.0 is an integer that a double does not hold, and int64 does.
        boolean inexact = Math.abs(value) >= 0x1p53 && Math.abs(value) <= LARGEST_INTEGER;
        if (inexact && addExact(parser.getText())) {
            return;
        }
        if (isMaybeBetweenFloats(value)) {
            addRounded(value, parser.getText());
        } else {
            tape.addDouble(value);
        }
    }

    /**
     * Whether rounding to double may have decided the rounding to float: 7.038531e-26 is nearer to another float than
     * its double is.
     */
    private static boolean isMaybeBetweenFloats(double value) {
        return (Double.doubleToRawLongBits(value) & 0x1FFF_FFFF) == 0x1000_0000
                || (Math.abs(value) < Float.MIN_NORMAL && value != 0);
    }

    private void addRounded(double value, String text) {
        tape.addRounded(value, NumberInput.parseFloat(text, true));
    }

    private boolean addExact(String text) {
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        return exact.scale() <= 0 && addExact(exact.toBigInteger());
    }

    private boolean addExact(BigInteger value) {
        if (value.bitLength() < BITS) {
            tape.addLong(value.longValue());
        } else if (value.signum() > 0 && value.bitLength() == BITS) {
            tape.addUnsigned(value.longValue());
        } else {
            return false;
        }
        return true;
    }

    private double finite(double value) {
        if (Double.isInfinite(value)) {
            throw Refusal.at(tape, tape.length(), "the number is too large for a double");
        }
        return value;
    }
}
