package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void kindsTakeTurns() throws Exception {
        List<String> order = new ArrayList<>();
        List<List<Integer>> results = Rounds.of(
                2,
                List.<Rounds.Kind<Integer>>of(
                        () -> {
                            order.add("a");
                            return order.size();
                        },
                        () -> {
                            order.add("b");
                            return -order.size();
                        }));
        assertThat(order).containsExactly("a", "b", "a", "b");
        assertThat(results).containsExactly(List.of(1, 3), List.of(-2, -4));
    }

    @Test
    void oneBadRoundDoesNotMoveTheMedian() {
        assertThat(Rounds.median(List.of(3.0, 1.0, 1000.0), x -> x)).isEqualTo(3);
        assertThat(Rounds.median(List.of(4.0, 2.0), x -> x)).isEqualTo(3);
    }
}
