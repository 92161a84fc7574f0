package org.octaveserver.ops.store;

/**
 * The row that every transaction locks first.
 *
 * @param counter of changes of state
 * @param queued how many jobs wait
 * @param turn the party whose job was taken last
 */
record Head(long counter, long queued, String turn) {
    Head next() {
        return new Head(counter + 1, queued, turn);
    }

    Head queued(int more) {
        return new Head(counter, queued + more, turn);
    }

    Head turn(String party) {
        return new Head(counter, queued, party);
    }
}
