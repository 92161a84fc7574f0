package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class LastBytesTest {
    @Property
    void keepsTheEndHoweverItComes(
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @Size(max = 6) java.util.List<@AlphaChars @StringLength(max = 20) String> chunks) {
        LastBytes last = new LastBytes(size);
        for (String chunk : chunks) {
            byte[] bytes = ("xy" + chunk).getBytes(StandardCharsets.US_ASCII);
            last.add(bytes, 2, bytes.length);
        }
        String all = String.join("", chunks);
        int left = Math.max(0, all.length() - size);
        String end = all.substring(left);
        assertThat(last.text()).isEqualTo(left == 0 ? end : "\n... " + left + " bytes left out ...\n" + end);
    }

    @Property(tries = 1)
    void keepsNothingWhenNothingIsWanted() {
        LastBytes last = new LastBytes(0);
        last.add(new byte[] {1, 2, 3}, 0, 3);
        assertThat(last.text()).isEmpty();
    }
}
