package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.octaveserver.ops.cli.follow.JobProgress;

/**
 * A job as its server tells it.
 *
 * @param json the answer
 */
record JobView(JsonNode json) {
    private static final Set<String> OPEN = Set.of("QUEUED", "CLAIMED", "RUNNING");
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    String text(String member) {
        return json.path(member).asText();
    }

    boolean has(String member) {
        return json.has(member);
    }

    String state() {
        return text("state");
    }

    /** Whether it waits or runs; a state that this client does not know is none of these. */
    boolean isOpen() {
        return OPEN.contains(state());
    }

    /** Whether its function has ended by itself, so that there is an answer. */
    boolean isAnswered() {
        return state().equals("RETURNED") || state().equals("THREW");
    }

    JobProgress progress() {
        JsonNode progress = json.path("progress");
        return new JobProgress(
                state(),
                progress.path("fraction").asDouble(),
                progress.path("message").asText());
    }

    /** What it calls. */
    String target() {
        return text("bundle") + "@" + text("version") + "/" + text("function");
    }

    /** The percents, where they say anything. */
    String percents() {
        JobProgress progress = progress();
        return progress.fraction() > 0 || state().equals("RUNNING") ? progress.percent() + " %" : "-";
    }

    /** How long its function has run. */
    String took(Instant now) {
        Optional<Instant> begun = moment("begun");
        if (begun.isEmpty() || (isOpen() && !state().equals("RUNNING"))) {
            return "-";
        }
        Duration time = Duration.between(begun.get(), moment("ended").orElse(now));
        // The clocks of two machines differ.
        return text(time.isNegative() ? Duration.ZERO : time);
    }

    private Optional<Instant> moment(String member) {
        try {
            return has(member) ? Optional.of(Instant.parse(text(member))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(time.toMillis() / 100.0) / 10);
        }
        return seconds < HOUR
                ? seconds / MINUTE + " min " + seconds % MINUTE + " s"
                : seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
    }
}
