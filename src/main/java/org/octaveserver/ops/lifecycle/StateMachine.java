package org.octaveserver.ops.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A state that only moves along a table of legal moves. Thread-safe; every move is one compare-and-set, so of two
 * threads that try to leave a state exactly one succeeds.
 *
 * @param <S> the states
 */
public final class StateMachine<S extends Enum<S>> {
    private final String name;
    private final Map<S, Set<S>> moves;
    private final AtomicReference<S> state;

    private StateMachine(String name, S initial, Map<S, Set<S>> moves) {
        this.name = name;
        this.moves = moves;
        this.state = new AtomicReference<>(initial);
    }

    /** The table, written once per kind of machine and shared by all of its instances. */
    public static <S extends Enum<S>> Table<S> table(Class<S> states) {
        return new Table<>(states);
    }

    public S get() {
        return requireNonNull(state.get());
    }

    /**
     * Moves from exactly {@code from} to {@code to}.
     *
     * @return whether this call made the move; false when the state was no longer {@code from}
     * @throws IllegalStateException when the table does not list the move
     */
    public boolean move(S from, S to) {
        if (!allows(from, to)) {
            throw new IllegalStateException(name + " may not go from " + from + " to " + to);
        }
        return state.compareAndSet(from, to);
    }

    /**
     * Moves to {@code to} from whatever state allows it.
     *
     * @return whether this call made the move; false when the present state does not allow it
     */
    public boolean moveTo(S to) {
        S from = get();
        while (allows(from, to)) {
            if (state.compareAndSet(from, to)) {
                return true;
            }
            from = get();
        }
        return false;
    }

    private boolean allows(S from, S to) {
        return moves.getOrDefault(from, Set.of()).contains(to);
    }

    /**
     * The legal moves of one kind of machine. Filled while its class loads, then only read.
     *
     * @param <S> the states
     */
    public static final class Table<S extends Enum<S>> {
        private final Class<S> states;
        private final Map<S, Set<S>> moves;

        private Table(Class<S> states) {
            this.states = states;
            this.moves = new EnumMap<>(states);
        }

        /** Lists the moves out of one state; a state without any is terminal. */
        public Table<S> from(S state, Set<S> to) {
            moves.computeIfAbsent(state, s -> EnumSet.noneOf(states)).addAll(to);
            return this;
        }

        /** A machine over this table, in its first state. {@code name} stands in messages. */
        public StateMachine<S> begin(String name, S initial) {
            return new StateMachine<>(name, initial, moves);
        }
    }
}
