package org.octaveserver.ops.worker;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a call may find of the calls before it. */
public enum Isolation {
    /** The process of an earlier call, with what functions keep in persistent and global variables. */
    WARM,
    /** A process that has run no call, and runs no other one. */
    FRESH;

    /** As people write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that people write so. */
    public static Optional<Isolation> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }
}
