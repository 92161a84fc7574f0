package org.octaveserver.ops.bundle.route;

/** A routes file cannot be used. The message says where, as a JSON pointer or as line and column, and what is allowed. */
public final class RoutesFileException extends Exception {
    RoutesFileException(String where, String problem) {
        super(where + ": " + problem);
    }

    /** A problem of one member of the file that only its user can see. */
    public static RoutesFileException at(String pointer, String problem) {
        return new RoutesFileException(pointer, problem);
    }
}
