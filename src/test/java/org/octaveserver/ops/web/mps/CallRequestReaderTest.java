package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.value.json.OutputFormat.Mode;
import org.octaveserver.ops.value.json.OutputFormat.NanInf;

/** The body of a call is read as MPS documents it, and refused with the reason. */
final class CallRequestReaderTest {
    private final CallRequestReader reader = new CallRequestReader(1 << 20);

    @Test
    void readsTheSmallestCall() throws IOException {
        assertThat(read("{'nargout':0,'rhs':[]}")).isEqualTo(new CallRequest(0, List.of(), OutputFormat.DEFAULT));
    }

    @Test
    void readsWhatMathWorksOwnEncoderWrites() throws IOException {
        CallRequest request =
                read("{'rhs':[[[1,2,3,4]]],'nargout':1,'outputFormat':{'mode':'small','nanType':'string'}}");

        assertThat(request)
                .isEqualTo(new CallRequest(
                        1,
                        List.of(NumericArray.doubles(Dimensions.row(4), 1, 2, 3, 4)),
                        new OutputFormat(Mode.SMALL, NanInf.STRING)));
    }

    @Test
    void ignoresUnknownMembersWhereverTheyStand() throws IOException {
        CallRequest request = read(
                " {'x':{'rhs':[null,{'nargout':1}]},'outputFormat':{'y':[1,[2]],'nanInfFormat':'object'},"
                        + "'rhs':[{'mwdata':[1],'z':{},'mwsize':[1,1],'mwtype':'double'},'a'],'nargout':2.0,'w':null} \n");

        assertThat(request)
                .isEqualTo(new CallRequest(
                        2,
                        List.of(NumericArray.scalar(1), CharArray.row("a")),
                        new OutputFormat(Mode.LARGE, NanInf.OBJECT)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                          | INVALID_JSON    | line 1, column 1: the body is empty
            {'nargout':1,'rhs':[1                       | INVALID_JSON    | line 1, column 22: the text ends before the JSON does
            {'nargout':1,'rhs':[secret]}                | INVALID_JSON    | line 1, column 21: this is not JSON
            {'nargout':1,'rhs':[NaN]}                   | INVALID_JSON    | line 1, column 24: this is not JSON
            {'nargout':1,'rhs':[1,]}                    | INVALID_JSON    | line 1, column 23: this is not JSON
            {'nargout':1,'rhs':[]}{}                    | INVALID_JSON    | line 1, column 24: this is not JSON
            {'nargout':1,'rhs':[]} x                    | INVALID_JSON    | line 1, column 24: this is not JSON
            [1,2]                                       | INVALID_INPUT   | the body: expected an object with nargout and rhs
            null                                        | INVALID_INPUT   | the body: expected an object with nargout and rhs
            {}                                          | MISSING_NARGOUT | nargout missing
            {'rhs':[]}                                  | MISSING_NARGOUT | nargout missing
            {'nargout':1}                               | MISSING_RHS     | rhs missing
            {'nargout':-1,'rhs':[]}                     | INVALID_INPUT   | nargout: expected an integer from 0 to 1000
            {'nargout':1001,'rhs':[]}                   | INVALID_INPUT   | nargout: expected an integer from 0 to 1000
            {'nargout':1.5,'rhs':[]}                    | INVALID_INPUT   | nargout: expected an integer from 0 to 1000
            {'nargout':'1','rhs':[]}                    | INVALID_INPUT   | nargout: expected an integer from 0 to 1000
            {'nargout':1,'rhs':5}                       | INVALID_INPUT   | rhs: expected an array of the inputs, [] for none
            {'nargout':1,'nargout':1,'rhs':[]}          | INVALID_INPUT   | nargout: the member stands twice
            {'nargout':1,'rhs':[],'rhs':[]}             | INVALID_INPUT   | rhs: the member stands twice
            {'nargout':1,'rhs':[],'outputFormat':1}     | INVALID_INPUT   | outputFormat: expected an object with mode and nanInfFormat
            {'outputFormat':{},'outputFormat':{}}       | INVALID_INPUT   | outputFormat: the member stands twice
            {'outputFormat':{'mode':'Small'}}           | INVALID_INPUT   | outputFormat.mode: expected "small" or "large"
            {'outputFormat':{'nanType':1}}              | INVALID_INPUT   | outputFormat.nanType: expected "string" or "object"
            {'outputFormat':{'nanInfFormat':''}}        | INVALID_INPUT   | outputFormat.nanInfFormat: expected "string" or "object"
            {'outputFormat':{'nanType':'string','nanInfFormat':'string'}} | INVALID_INPUT | outputFormat.nanInfFormat: the member stands twice
            {'nargout':1,'rhs':[1,{'a':[1,'x']}]}       | INVALID_ARGUMENT | rhs[1].a[1]: expected a number (other arrays need large notation), got "x"
            """)
    void refusesWithTheReason(String body, ErrorCode code, String message) {
        OpsException refusal = catchThrowableOfType(OpsException.class, () -> read(body));

        assertThat(refusal).hasMessage(message);
        assertThat(refusal.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c3(", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ff", "\u00e2\u0082"})
    void refusesBytesThatAreNoUtf8(String bytes) {
        byte[] body = ("{\"nargout\":1,\n\"rhs\":[\"" + bytes + "\"]}").getBytes(StandardCharsets.ISO_8859_1);

        OpsException refusal =
                catchThrowableOfType(OpsException.class, () -> reader.read(new ByteArrayInputStream(body)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(refusal).hasMessageEndingWith("the text after this is not UTF-8");
    }

    @Test
    void refusesUtf16() {
        byte[] body = "{\"nargout\":1,\"rhs\":[]}".getBytes(StandardCharsets.UTF_16LE);

        OpsException refusal =
                catchThrowableOfType(OpsException.class, () -> reader.read(new ByteArrayInputStream(body)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void refusesWhatJacksonWouldTakeTooLongFor() {
        String limits = "too long or too deep: a number may have 1000 characters, a name 50000, and there may be 1000"
                + " levels";

        assertThat(catchThrowableOfType(
                        OpsException.class, () -> read("{'nargout':1,'rhs':[" + "1".repeat(1001) + "]}")))
                .hasMessageEndingWith(limits)
                .hasMessageStartingWith("line 1, column ");
        assertThat(catchThrowableOfType(OpsException.class, () -> read("{'x':" + "[".repeat(100_000))))
                .hasMessageEndingWith(limits);
        assertThat(catchThrowableOfType(OpsException.class, () -> read("{'" + "x".repeat(60_000) + "':1}")))
                .hasMessageEndingWith(limits);
    }

    @Test
    void refusesDeepArgumentsWithAPath() {
        OpsException refusal = catchThrowableOfType(OpsException.class, () -> read("{'rhs':[1," + "[".repeat(100_000)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refusal).hasMessageStartingWith("rhs[1][0]");
    }

    @Test
    void passesOnWhatHappensToTheStream() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatIOException().isThrownBy(() -> reader.read(broken)).withMessage("connection reset");
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        InputStream stream = new ByteArrayInputStream("{\"nargout\":1,\"rhs\":[]}".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThat(reader.read(stream).nargout()).isEqualTo(1);
    }

    private CallRequest read(String body) throws IOException {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return reader.read(new ByteArrayInputStream(bytes));
    }
}
