package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StateMachineTest {
    private enum Door {
        CLOSED,
        OPEN,
        GONE
    }

    private static final StateMachine.Table<Door> MOVES = StateMachine.table(Door.class)
            .from(Door.CLOSED, Set.of(Door.OPEN, Door.GONE))
            .from(Door.OPEN, Set.of(Door.CLOSED));

    private final StateMachine<Door> door = MOVES.begin("door 1", Door.CLOSED);

    @Test
    void makesALegalMove() {
        assertThat(door.move(Door.CLOSED, Door.OPEN)).isTrue();
        assertThat(door.get()).isEqualTo(Door.OPEN);
    }

    @Test
    void aMoveThatTheTableDoesNotListThrowsWhateverTheStateIs() {
        assertThatThrownBy(() -> door.move(Door.OPEN, Door.GONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("door 1 may not go from OPEN to GONE");
        assertThatThrownBy(() -> door.move(Door.GONE, Door.OPEN)).isInstanceOf(IllegalStateException.class);
        assertThat(door.get()).isEqualTo(Door.CLOSED);
    }

    @Test
    void aMoveFromAnotherStateThanThePresentOneIsNotMade() {
        assertThat(door.move(Door.OPEN, Door.CLOSED)).isFalse();
        assertThat(door.get()).isEqualTo(Door.CLOSED);
    }

    @Test
    void moveToGoesFromWhereverItMay() {
        assertThat(door.moveTo(Door.GONE)).isTrue();
        assertThat(door.moveTo(Door.GONE)).isFalse();
        assertThat(door.moveTo(Door.OPEN)).isFalse();
        assertThat(door.get()).isEqualTo(Door.GONE);
    }

    @Test
    void machinesOverOneTableAreIndependent() {
        StateMachine<Door> other = MOVES.begin("door 2", Door.OPEN);
        door.moveTo(Door.GONE);

        assertThat(other.get()).isEqualTo(Door.OPEN);
    }

    @Test
    void ofRacingMovesExactlyOneIsMade() throws Exception {
        int racers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            for (int round = 0; round < 500; round++) {
                assertThat(winners(threads, racers)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long winners(ExecutorService threads, int racers) throws InterruptedException, ExecutionException {
        StateMachine<Door> contested = MOVES.begin("contested", Door.CLOSED);
        CyclicBarrier line = new CyclicBarrier(racers);
        Callable<Boolean> opens = () -> {
            line.await();
            return contested.move(Door.CLOSED, Door.OPEN);
        };
        Callable<Boolean> removes = () -> {
            line.await();
            return contested.moveTo(Door.GONE);
        };
        long winners = 0;
        for (Future<Boolean> made : threads.invokeAll(List.of(opens, removes, opens, removes))) {
            winners += made.get() ? 1 : 0;
        }
        return winners;
    }
}
