package org.octaveserver.ops.worker;

/** A template cannot fork workers, and will not be able to: what it has loaded or where it runs stands against it. */
final class ForkRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    ForkRefusedException(String why) {
        super(why);
    }

    /** Why not. */
    String why() {
        return String.valueOf(getMessage());
    }
}
