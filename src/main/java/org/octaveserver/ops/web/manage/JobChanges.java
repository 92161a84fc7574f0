package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.Progress;

/**
 * What somebody does not know yet of a job, as server-sent events: {@code state}, {@code progress}, and {@code output}, of which
 * some at a time. For one thread at a time.
 */
final class JobChanges {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Characters of output in one event. */
    private static final int CHUNK = 1 << 16;

    private final JobService jobs;
    private Position known;
    private Progress progress = Progress.NONE;
    /** What a finished job has printed: read and checked once, and not for each piece, where there is memory for that. */
    private SoftReference<String> all = new SoftReference<>("");

    /**
     * How much is known, as events bear it as their ids.
     *
     * @param sequence of the last change of state; -1 for none
     * @param attempt of which output is known
     * @param offset how many characters of it
     */
    record Position(long sequence, int attempt, int offset) {
        private static final Position NOTHING = new Position(-1, 0, 0);
        private static final Pattern FORM = Pattern.compile("(-1|\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,9})");

        /** That of a text; nothing when it is none of ours. */
        static Optional<Position> of(@Nullable String text) {
            Matcher matcher = FORM.matcher(text == null ? "" : text);
            return matcher.matches()
                    ? Optional.of(new Position(
                            Long.parseLong(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return sequence + "." + attempt + "." + offset;
        }
    }

    /** A piece of what was printed. */
    private record Output(int offset, String text) {}

    /** @param known of an earlier stream */
    JobChanges(JobService jobs, Optional<Position> known) {
        this.jobs = jobs;
        this.known = known.orElse(Position.NOTHING);
    }

    /** Whether nothing is left to be told, now or later. */
    boolean isAllKnown(Job job) {
        return !jobs.goesOn(job)
                && known.sequence() >= job.status().sequence()
                && output(job, sameAttempt(job).offset()).isEmpty();
    }

    /** Output of another attempt is another text. */
    private Position sameAttempt(Job job) {
        int attempt = job.status().attempt();
        return attempt == known.attempt() ? known : new Position(known.sequence(), attempt, 0);
    }

    /** What is to be told next; empty when there is nothing new. */
    byte[] next(Job job) {
        StringBuilder events = new StringBuilder();
        known = sameAttempt(job);
        boolean goesOn = jobs.goesOn(job);
        if (job.state().isOpen()) {
            addState(job, events);
        }
        if (goesOn) {
            addProgress(job, events);
        }
        Optional<Output> output = output(job, known.offset());
        output.ifPresent(some -> {
            known = new Position(
                    known.sequence(),
                    known.attempt(),
                    some.offset() + some.text().length());
            add("output", some, events);
        });
        // The last thing that is told, so that a client may close the stream at it: of a cancelled job whose function
        // has
        // time to end by itself, when it has.
        if (!goesOn && output.isEmpty()) {
            addState(job, events);
        }
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void addState(Job job, StringBuilder events) {
        if (job.status().sequence() > known.sequence()) {
            known = new Position(job.status().sequence(), known.attempt(), known.offset());
            add("state", JobView.of(job), events);
        }
    }

    private void addProgress(Job job, StringBuilder events) {
        Progress now = job.status().progress();
        if (!now.equals(progress)) {
            progress = now;
            add("progress", new JobView.Progress(now.fraction(), now.message()), events);
        }
    }

    private Optional<Output> output(Job job, int offset) {
        String text = printed(job);
        if (text.length() <= offset) {
            return Optional.empty();
        }
        int end = Math.min(text.length(), offset + CHUNK);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end++;
        }
        return Optional.of(new Output(offset, text.substring(offset, end)));
    }

    private String printed(Job job) {
        String kept = all.get();
        boolean over = !jobs.goesOn(job);
        if (kept != null && !kept.isEmpty() && over) {
            return kept;
        }
        String text = jobs.printedFromStart(job).orElse("");
        if (over) {
            all = new SoftReference<>(text);
        }
        return text;
    }

    private void add(String type, Object data, StringBuilder events) {
        try {
            events.append("event: ").append(type).append("\nid: ").append(known).append("\ndata: ");
            // Jackson writes no line's end, and escapes those in texts.
            events.append(MAPPER.writeValueAsString(data)).append("\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
