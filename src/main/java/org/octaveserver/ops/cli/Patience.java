package org.octaveserver.ops.cli;

import java.time.Duration;
import java.util.function.Consumer;

/** Bears with a server that does not answer for a while, such as one that is started anew. Not thread-safe. */
final class Patience {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Duration limit;
    private final Duration pause;
    private final Consumer<String> notes;
    private boolean failing;
    private long since;

    /** @param notes takes what the user should know */
    Patience(Consumer<String> notes) {
        this(LIMIT, PAUSE, notes);
    }

    Patience(Duration limit, Duration pause, Consumer<String> notes) {
        this.limit = limit;
        this.pause = pause;
        this.notes = notes;
    }

    /** It answers. */
    void answered() {
        if (failing) {
            failing = false;
            notes.accept("the server answers again");
        }
    }

    /**
     * Waits a little before the next try.
     *
     * @throws CommandFailure the failure itself, when it will not pass or has lasted too long
     */
    void bear(CommandFailure failure) {
        if (!failure.isPassing()) {
            throw failure;
        }
        if (!failing) {
            failing = true;
            since = System.nanoTime();
            String why =
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
            notes.accept(why + "; trying again for " + limit.toSeconds() + " s");
        }
        if (System.nanoTime() - since >= limit.toNanos()) {
            throw failure;
        }
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
