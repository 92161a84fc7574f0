package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;

/** Bytes that no good worker sends: a value or a {@link WireException} comes of them, soon and in little memory. */
final class HostileValuesTest {
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

    /** Anything but a value or a WireException fails the test; so does an allocation out of proportion. */
    private static void survives(byte[] bytes) {
        long before = Allocations.ofThisThread();
        try {
            assertThat(decode(bytes)).isNotNull();
        } catch (WireException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
        assertThat(Allocations.ofThisThread() - before).isLessThan(400_000L + 100L * bytes.length);
    }

    @Property(tries = 500)
    void changedBytesGiveAValueOrAreRefused(@ForAll("any") OctaveValue value, @ForAll long seed) {
        byte[] good = WorkerFrames.values(List.of(value));
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            byte[] bad = good.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            survives(bad);
        }
    }

    @Property(tries = 500)
    void numbersAtTheEdgesGiveAValueOrAreRefused(@ForAll("any") OctaveValue value, @ForAll long seed) {
        long[] edges = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 61, 0, 1};
        byte[] good = WorkerFrames.values(List.of(value));
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length / 4) * 4;
            long edge = edges[random.nextInt(edges.length)];
            for (int i = 0; i < 8 && at + i < bad.length; i++) {
                bad[at + i] = (byte) (edge >>> (8 * i));
            }
            survives(bad);
        }
    }

    @Property(tries = 200)
    void everyTruncationIsRefused(@ForAll("any") OctaveValue value) {
        byte[] good = WorkerFrames.values(List.of(value));
        for (int length = 0; length < good.length; length += 1 + good.length / 50) {
            byte[] part = Arrays.copyOf(good, length);

            assertThatThrownBy(() -> decode(part)).isInstanceOf(WireException.class);
        }
    }

    @Example
    void refusesOneLevelTooMany() {
        OctaveValue deep = NumericArray.scalar(1);
        for (int i = 0; i < 129; i++) {
            deep = new CellArray(Dimensions.SCALAR, List.of(deep));
        }
        byte[] bytes = WorkerFrames.values(List.of(deep));

        assertThatThrownBy(() -> decode(bytes)).hasMessage("a value is nested deeper than 128");
    }

    /** Each level claims as many cells as the rest of the payload could hold: true once, not on 128 levels at once. */
    @Example
    void nestedClaimsDoNotAddUp() {
        int size = 3 << 20;
        PayloadWriter payload = new PayloadWriter();
        for (int level = 0; level < 128; level++) {
            header(payload, ValueTag.CELL, 0, 1, (size - 24L * (level + 1)) / 24);
        }
        byte[] bytes = Arrays.copyOf(WorkerFrames.bytes(payload), size);

        long before = Allocations.ofThisThread();
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(WireException.class);

        assertThat(Allocations.ofThisThread() - before).isLessThan(size);
    }

    @Example
    void refusesMoreDimensionsThanAllowed() {
        PayloadWriter payload = new PayloadWriter();
        long[] extents = new long[129];
        Arrays.fill(extents, 1);
        header(payload, ValueTag.CHAR, 0, extents);
        byte[] bytes = Arrays.copyOf(WorkerFrames.bytes(payload), 8 + 129 * 8 + 1);

        assertThatThrownBy(() -> decode(bytes)).hasMessage("a value has 129 dimensions, more than 128");
    }

    @Example
    void refusesFlagsThatTheKindDoesNotHave() {
        for (int tag = 1; tag <= 17; tag++) {
            boolean complexAllowed = tag <= 2 || tag == ValueTag.SPARSE;
            for (int flags : new int[] {1, 2, 0x8000}) {
                PayloadWriter payload = new PayloadWriter();
                header(payload, tag, flags, 0, 0);
                payload.number64(0);
                byte[] bytes = WorkerFrames.bytes(payload);
                if (flags != 1 || !complexAllowed) {
                    assertThatThrownBy(() -> decode(bytes))
                            .hasMessage("a value of kind " + tag + " has no flags " + flags);
                }
            }
        }
    }

    @Example
    void refusesKindsThatAreNone() {
        for (int tag : new int[] {0, 18, 0xffff}) {
            PayloadWriter payload = new PayloadWriter();
            header(payload, tag, 0, 0, 0);

            assertThatThrownBy(() -> decode(WorkerFrames.bytes(payload))).hasMessage("a value has no kind " + tag);
        }
    }

    @Example
    void refusesSizesThatContradictTheContent() {
        List<long[]> sizes = List.of(
                new long[] {1},
                new long[] {},
                new long[] {-1, 1},
                new long[] {1L << 32, 1L << 32},
                new long[] {2, 2},
                new long[] {Long.MAX_VALUE, 1});
        List<String> passed = new ArrayList<>();
        for (long[] extents : sizes) {
            for (int tag : new int[] {1, 4, 11, 12, 13}) {
                PayloadWriter payload = new PayloadWriter();
                header(payload, tag, 0, extents);
                payload.number16(0);
                try {
                    decode(WorkerFrames.bytes(payload));
                    passed.add(tag + " " + Arrays.toString(extents));
                } catch (WireException e) {
                    assertThat(e).hasMessageNotContaining("null");
                }
            }
        }
        assertThat(passed).isEmpty();
    }

    @Example
    void refusesLogicalsThatAreNeitherTrueNorFalse() {
        PayloadWriter payload = new PayloadWriter();
        header(payload, ValueTag.LOGICAL, 0, 1, 2);
        payload.number16(0x0201);

        assertThatThrownBy(() -> decode(WorkerFrames.bytes(payload))).hasMessageContaining("0 or 1, not 2");
    }

    private static void header(PayloadWriter payload, int tag, int flags, long... extents) {
        payload.number16(tag);
        payload.number16(flags);
        payload.number16(extents.length);
        payload.number16(0);
        for (long extent : extents) {
            payload.number64(extent);
        }
    }
}
