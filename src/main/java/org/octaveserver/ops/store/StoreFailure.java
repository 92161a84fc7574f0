package org.octaveserver.ops.store;

/**
 * What a failure of a database means.
 *
 * @param kind what to do about it
 * @param words why, for the operator; nothing secret
 */
record StoreFailure(Kind kind, String words) {
    enum Kind {
        /** The same may pass at once. */
        PASSING,
        /** The same may pass when somebody has done something about it. */
        OUTAGE,
        /** The statement is at fault. */
        STATEMENT
    }

    static StoreFailure outage(String words) {
        return new StoreFailure(Kind.OUTAGE, words);
    }

    static StoreFailure passing(String words) {
        return new StoreFailure(Kind.PASSING, words);
    }

    static StoreFailure statement() {
        return new StoreFailure(Kind.STATEMENT, "a statement failed");
    }
}
