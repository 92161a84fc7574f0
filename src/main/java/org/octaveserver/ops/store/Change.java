package org.octaveserver.ops.store;

import java.util.Optional;

/**
 * Something that is to be written. It is made in a transaction with others, perhaps again in another one when the first
 * could not be finished, and so must be harmless when it was made before. What it refuses it refuses before it
 * has written anything.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
interface Change<T> {
    /** Makes it. */
    T make(Work work);

    /** What puts right what was perhaps made, when nobody can tell whether it is on disk and nobody has been told of it. */
    default Optional<Change<?>> whenInDoubt(T outcome) {
        return Optional.empty();
    }
}
