package org.octaveserver.ops.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.JobOrder;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.job.JobTarget;
import org.octaveserver.ops.job.Progress;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/**
 * What the store keeps as JSON. It is ASCII, so that every text of callers comes back as it was, also one with NUL or half a
 * surrogate, which databases do not store.
 */
final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Documents() {}

    /** What never changes of a job. */
    record Fixed(
            JobTarget target,
            @Nullable String principal,
            String party,
            String client,
            Rules rules,
            List<Told> callbacks,
            String face) {
        /** JSON may lack any of them. */
        Fixed {
            requireNonNull(target);
            requireNonNull(party);
            requireNonNull(client);
            requireNonNull(rules);
            requireNonNull(callbacks);
            requireNonNull(face);
        }

        static Fixed of(JobTarget target, JobOwner owner, JobOrder order) {
            return new Fixed(
                    target,
                    owner.principal().orElse(null),
                    owner.party(),
                    owner.client(),
                    Rules.of(order),
                    order.callbacks().stream()
                            .map(one -> new Told(one.event(), one.uri().toString()))
                            .toList(),
                    order.face());
        }

        JobOwner owner() {
            return new JobOwner(Optional.ofNullable(principal), party, client);
        }

        JobOrder order() {
            return new JobOrder(
                    rules.options(),
                    rules.rules(),
                    callbacks.stream()
                            .map(one -> new Callback(one.event(), URI.create(one.uri())))
                            .toList(),
                    face);
        }
    }

    /** Who is told of what. */
    record Told(Callback.Event event, String uri) {}

    /** How a job may run; durations in milliseconds. */
    record Rules(
            @Nullable String isolation,
            @Nullable String figures,
            @Nullable Integer urgency,
            boolean idempotent,
            String timeout,
            String cancelGrace,
            int mostAttempts) {
        static Rules of(JobOrder order) {
            CallOptions options = order.options();
            JobRules rules = order.rules();
            return new Rules(
                    options.isolation().map(Isolation::text).orElse(null),
                    options.figures().map(FigureFormat::text).orElse(null),
                    options.urgency().isPresent() ? options.urgency().getAsInt() : null,
                    rules.idempotent(),
                    rules.timeout().toString(),
                    rules.cancelGrace().toString(),
                    rules.mostAttempts());
        }

        CallOptions options() {
            return new CallOptions(
                    Optional.ofNullable(isolation).map(text -> Isolation.valueOf(text.toUpperCase(Locale.ROOT))),
                    Optional.ofNullable(figures).map(text -> FigureFormat.valueOf(text.toUpperCase(Locale.ROOT))),
                    urgency == null ? OptionalInt.empty() : OptionalInt.of(urgency));
        }

        JobRules rules() {
            return new JobRules(idempotent, Duration.parse(timeout), Duration.parse(cancelGrace), mostAttempts);
        }
    }

    /**
     * What changes.
     *
     * @param reported whether the job has ended as its node said, and not because others ended it
     */
    record Status(
            String node,
            int begins,
            Progress progress,
            @Nullable JobProblem problem,
            boolean reported) {
        /** JSON may lack any of them. */
        Status {
            requireNonNull(node);
            requireNonNull(progress);
        }
    }

    /** What a node says of a job that it runs. */
    record Said(Progress progress, String tail) {}

    static String write(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + document.getClass().getSimpleName() + " has no JSON", e);
        }
    }

    /**
     * What never changes of a job.
     *
     * @throws OpsException JOB_DAMAGED when any part of it cannot be read
     */
    static Fixed fixed(String json) {
        Fixed fixed = read(json, Fixed.class);
        try {
            JobOrder unused = fixed.order();
            return fixed;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw damaged(e);
        }
    }

    static OpsException damaged(Exception why) {
        return new OpsException(
                ErrorCode.JOB_DAMAGED, "the database of jobs holds a row that OPS has not written (ops.jobs.url)", why);
    }

    /**
     * Reads what was written.
     *
     * @throws OpsException JOB_DAMAGED when it was not
     */
    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }
}
