package org.octaveserver.ops.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the other properties rely on: the generator really reaches every kind of value. */
final class OctaveValuesTest {
    @Provide
    Arbitrary<OctaveValue> encodable() {
        return OctaveValues.encodable();
    }

    @Property(tries = 200)
    void leavesFunctionHandlesOutOfWhatJsonEncodes(@ForAll("encodable") OctaveValue value) {
        assertThat(value).isNotInstanceOf(FunctionHandle.class);
    }

    @Example
    void reachesEveryClass() {
        Set<String> seen = OctaveValues.any()
                .sampleStream()
                .limit(3000)
                .map(value -> value.getClass().getSimpleName() + " " + value.className())
                .collect(Collectors.toSet());

        assertThat(seen).hasSize(10 + 1 + 1 + 1 + 1 + 2 + 1);
    }
}
