package org.octaveserver.ops.value.json;

import java.util.Set;

/** The members of large notation, and the texts for what JSON has no number for. */
final class Members {
    static final String DATA = "mwdata";
    static final String SIZE = "mwsize";
    static final String TYPE = "mwtype";
    static final String COMPLEX = "mwcomplex";

    static final String NAN = "NaN";
    static final String INF = "Inf";
    static final String MINUS_INF = "-Inf";
    static final String MISSING = "missing";

    /** An object with one of these is in large notation, so a struct with such a field has no small form. */
    private static final Set<String> LARGE = Set.of(DATA, SIZE, TYPE);

    private Members() {}

    static boolean marksLargeNotation(String name) {
        return LARGE.contains(name);
    }
}
