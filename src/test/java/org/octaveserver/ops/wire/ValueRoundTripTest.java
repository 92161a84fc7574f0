package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;

final class ValueRoundTripTest {
    @Provide
    Arbitrary<OctaveValue> any() {
        return OctaveValues.any();
    }

    private static OctaveValue decode(byte[] bytes) throws WireException {
        PayloadReader payload = new PayloadReader(bytes);
        OctaveValue value = ValueDecoder.read(payload);
        payload.end();
        return value;
    }

    @Property
    void everyValueComesBackAsItWas(@ForAll("any") OctaveValue value) throws WireException {
        assertThat(decode(WorkerFrames.values(List.of(value)))).isEqualTo(value);
    }

    @Property
    void theSizeIsKnownBeforeTheBytes(@ForAll("any") OctaveValue value) {
        assertThat(ValueSize.of(value)).isEqualTo(WorkerFrames.values(List.of(value)).length);
    }

    @Property(tries = 200)
    void aCallArrivesWhole(@ForAll @Size(max = 4) List<@net.jqwik.api.From("any") OctaveValue> arguments)
            throws IOException {
        CallRequest call = new CallRequest("\u001emark", "package.ä", 3, arguments);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new FrameWriter(out).call(7, call);

        Frame frame = new FrameReader(new ByteArrayInputStream(out.toByteArray()), 1 << 24).read();
        assertThat(frame.kind()).isEqualTo(FrameKind.CALL);
        assertThat(frame.number()).isEqualTo(7);
        assertThat(WorkerFrames.call(frame)).isEqualTo(call);
    }

    @Example
    void aStartArrivesWhole() throws IOException {
        StartRequest start = new StartRequest(1, "mark", Path.of("/a b"), List.of(Path.of("/ä"), Path.of("/c")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new FrameWriter(out).start(1, start);

        assertThat(WorkerFrames.start(WorkerFrames.reader(out.toByteArray()).read()))
                .isEqualTo(start);
    }

    @Example
    void valuesNestAsDeepAsEveryEncodingAllows() throws WireException {
        OctaveValue deep = NumericArray.scalar(1);
        for (int i = 0; i < 128; i++) {
            deep = new CellArray(Dimensions.SCALAR, List.of(deep));
        }

        assertThat(decode(WorkerFrames.values(List.of(deep)))).isEqualTo(deep);
    }
}
