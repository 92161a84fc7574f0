package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** What breaks the notation is refused with where it is, what belongs there and what is there. */
final class RefusalTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            null => rhs[0]: expected a value (Octave has none for null), got null
            ["a","b"] => rhs[0][0]: expected a number (other arrays need large notation), got "a"
            [1,"x"] => rhs[0][1]: expected a number (other arrays need large notation), got "x"
            [1,true] => rhs[0][1]: expected a number (other arrays need large notation), got true
            [true,1] => rhs[0][1]: expected true or false like the others beside it, got 1
            [1,null] => rhs[0][1]: expected a number (other arrays need large notation), got null
            [{"a":1}] => rhs[0][0]: expected a number (other arrays need large notation), got an object
            [[1,2],[3]] => rhs[0][1]: expected an array of 2 like the others beside it, got an array of 1
            [[1,2],3] => rhs[0][1]: expected an array of 2 like the others beside it, got 3
            [[],[1]] => rhs[0][1]: expected an array of 0 like the others beside it, got an array of 1
            [1,[2]] => rhs[0][1]: expected a number (other arrays need large notation), got an array of 1
            {"a":{"b":[1,"x"]}} => rhs[0].a.b[1]: expected a number (other arrays need large notation), got "x"
            {"a b":null} => rhs[0]."a b": expected a value (Octave has none for null), got null
            {"a":1,"a":2} => rhs[0].a: the field stands twice
            {"mwdata":[1]} => rhs[0]: mwtype is missing: large notation needs mwdata, mwsize and mwtype
            {"mwdata":"nan"} => rhs[0]: mwtype is missing: large notation needs mwdata, mwsize and mwtype
            {"mwsize":[1,1],"x":1} => rhs[0]: mwtype is missing: large notation needs mwdata, mwsize and mwtype
            {"mwtype":"double","mwdata":[1]} => rhs[0]: mwsize is missing: large notation needs mwdata, mwsize and mwtype
            {"mwtype":"double","mwsize":[1,1]} => rhs[0]: mwdata is missing: large notation needs mwdata, mwsize and mwtype
            {"mwdata":[1],"mwdata":[1],"mwsize":[1,1],"mwtype":"double"} => rhs[0].mwdata: the member stands twice
            {"mwdata":"\\ud800","mwsize":[1,1],"mwtype":"char"} => rhs[0].mwdata: expected text without half a surrogate pair (only \\udc80 to \\udcff, for a byte that is no UTF-8), got "\\ud800"
            "\\udc7f" => rhs[0]: expected text without half a surrogate pair (only \\udc80 to \\udcff, for a byte that is no UTF-8), got "\\udc7f"
            1e999 => rhs[0]: the number is too large for a double
            [1,-1e400] => rhs[0][1]: the number is too large for a double
            """)
    void saysWhereSmallNotationOrTheMembersOfLargeAreBroken(String json, String message) {
        assertRefused(json, message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', textBlock = """
            'double' | [2,2] | [1,2,3] | .mwdata: expected an array of 4 for the size 2x2, got an array of 3
            'double' | [1,3] | [1,2,'x'] | .mwdata[2]: expected a number, got "x"
            'double' | [1,1] | ['1'] | .mwdata[0]: expected a number, got "1"
            'double' | [1,1] | [null] | .mwdata[0]: expected a number, got null
            'double' | [1,1] | [[1]] | .mwdata[0]: expected a number, got an array of 1
            'double' | [1,1] | [{'a':1}] | .mwdata[0]: expected a number, got an object
            'double' | [2,1] | 5 | .mwdata: expected an array of 2 for the size 2x1, got 5
            'double' | [1] | [1] | .mwsize: expected an array of 2 to 128 extents, got an array of 1
            'double' | 5 | [1] | .mwsize: expected an array of 2 to 128 extents, got 5
            'double' | [1,-1] | [] | .mwsize[1]: expected an integer from 0, got -1
            'double' | [1.5,1] | [1] | .mwsize[0]: expected an integer from 0, got 1.5
            'double' | ['1',1] | [1] | .mwsize[0]: expected an integer from 0, got "1"
            'double' | [134217728,1] | [1,2,3] | .mwdata: expected an array of 134217728 for the size 134217728x1, got an array of 3
            'double' | [4294967296,4294967296] | [1] | .mwsize: too many elements: [4294967296, 4294967296]
            'double' | [3000000000,1] | [1] | .mwsize: an array may have 2147483647 elements
            'struct' | [3000000000,1] | {} | .mwsize: an array may have 2147483647 elements
            'int8' | [1,1] | [128] | .mwdata[0]: expected an integer from -128 to 127 for int8, got 128
            'uint8' | [1,2] | [0,-1] | .mwdata[1]: expected an integer from 0 to 255 for uint8, got -1
            'int32' | [1,1] | [1.5] | .mwdata[0]: expected an integer from -2147483648 to 2147483647 for int32, got 1.5
            'int64' | [1,1] | [9223372036854775808] | .mwdata[0]: expected an integer from -9223372036854775808 to 9223372036854775807 for int64, got 9223372036854775808
            'uint64' | [1,1] | [18446744073709551616] | .mwdata[0]: expected an integer from 0 to 18446744073709551615 for uint64, got 1.8446744073709552E19
            'uint8' | [1,1] | [2e23] | .mwdata[0]: expected an integer from 0 to 255 for uint8, got 2E23
            'uint64' | [1,1] | [-1] | .mwdata[0]: expected an integer from 0 to 18446744073709551615 for uint64, got -1
            'int16' | [1,1] | ['NaN'] | .mwdata[0]: expected an integer from -32768 to 32767 for int16, got "NaN"
            'single' | [1,1] | [1e39] | .mwdata[0]: expected a number up to 3.4028235e38 for single, got 1E39
            'logical' | [1,1] | [1] | .mwdata[0]: expected true or false, got 1
            'char' | [1,2] | ['a','b'] | .mwdata: expected a string, got an array of 2
            'char' | [1,1] | [5] | .mwdata[0]: expected a string, got 5
            'char' | [2,2] | ['abc'] | .mwdata: 3 characters do not make 2 rows of the same length
            'char' | [0,0] | ['abc'] | .mwdata: 3 characters do not make 0 rows of the same length
            'char' | [2,1] | ['aé'] | .mwdata: the rows differ in their number of UTF-8 bytes, and in Octave a row of a char array is bytes; pad them, or send a cell array of texts
            'char' | [1,2,2] | ['abc'] | .mwdata: the text has 3 bytes of UTF-8, which do not fit the size 1x2x2
            'cell' | [1,2] | [1] | .mwdata: expected an array of 2 for the size 1x2, got an array of 1
            'cell' | [1,1] | [[1,'x']] | .mwdata[0][1]: expected a number (other arrays need large notation), got "x"
            'struct' | [1,2] | {'a':[1]} | .mwdata.a: expected an array of 2 for the size 1x2, got an array of 1
            'struct' | [1,1] | [1] | .mwdata: expected an object with an array for each field, got an array of 1
            'struct' | [1,1] | {'a':[1],'a':[1]} | .mwdata.a: the field stands twice
            'string' | [1,2] | ['a',{'mwdata':'missing'}] | .mwdata[1]: Octave has nothing for a missing string
            'string' | [1,1] | [5] | .mwdata[0]: expected a string, got 5
            'datetime' | [1,1] | {'TimeStamp':1} | .mwtype: expected a class that Octave has (double, single, int8 to uint64, logical, char, string, cell, struct), got "datetime"
            'Colors' | [1,1] | ['Red'] | .mwtype: expected a class that Octave has (double, single, int8 to uint64, logical, char, string, cell, struct), got "Colors"
            7 | [1,1] | [1] | .mwtype: expected the name of a class, got 7
            """)
    void saysWhereLargeNotationIsBroken(String type, String size, String data, String message) {
        assertRefused("{'mwdata':" + data + ",'mwsize':" + size + ",'mwtype':" + type + "}", "rhs[0]" + message);
        assertRefused("{'mwtype':" + type + ",'mwsize':" + size + ",'mwdata':" + data + "}", "rhs[0]" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', textBlock = """
            1 | 'double' | [1,1] | [1,2] | .mwcomplex: expected true or false, got 1
            true | 'int8' | [1,1] | [1,2] | .mwcomplex: only double and single can be complex, not int8
            true | 'char' | [1,1] | ['a'] | .mwcomplex: only double and single can be complex, not char
            true | 'double' | [1,2] | [1,2] | .mwdata: expected an array of 4 for the complex size 1x2, got an array of 2
            true | 'double' | [1,1] | [[1,2,3]] | .mwdata[0]: expected an array of 2 (real and imaginary part), got an array of 3
            true | 'double' | [1,2] | [[1,2],3] | .mwdata[1]: expected an array of 2 (real and imaginary part), got 3
            """)
    void saysWhereComplexNumbersAreBroken(String complex, String type, String size, String data, String message) {
        assertRefused(
                "{'mwcomplex':" + complex + ",'mwdata':" + data + ",'mwsize':" + size + ",'mwtype':" + type + "}",
                "rhs[0]" + message);
    }

    @Test
    void shortensWhatItFoundAndKeepsControlCharactersOut() {
        assertRefused(
                "[1,\"\\n" + "x".repeat(100) + "\"]",
                "rhs[0][1]: expected a number (other arrays need large notation), got \"\\u000a" + "x".repeat(39)
                        + "...\"");
    }

    @Test
    void shortensALongPath() {
        String json = "{\"a\":".repeat(50) + "null" + "}".repeat(50);

        assertRefused(
                json,
                "rhs[0]" + ".a".repeat(8) + "..." + ".a".repeat(8)
                        + ": expected a value (Octave has none for null), got null");
    }

    /** Apostrophes in the JSON stand for quotation marks. */
    private static void assertRefused(String text, String message) {
        String json = text.replace('\'', '"');
        assertThatExceptionOfType(OpsException.class)
                .isThrownBy(() -> Json.read(json))
                .withMessage(message);
        OpsException refusal = catchThrowableOfType(OpsException.class, () -> Json.read(json));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
}
