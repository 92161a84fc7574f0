package org.octaveserver.ops.job.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobProblem;

/**
 * What a callback says: which job, and how it stood when that happened which is told. Results are not sent; who has a right to
 * them fetches them.
 */
public final class CallbackMessage {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private CallbackMessage() {}

    /**
     * The body, as ASCII JSON, so that databases keep every text of callers.
     *
     * @param since when it happened
     * @param job as it was then
     */
    public static String of(Callback.Event event, Instant since, Job job) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "job." + event.name().toLowerCase(Locale.ROOT));
            json.writeStringField("timestamp", since.toString());
            json.writeObjectFieldStart("data");
            write(job, json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }

    private static void write(Job job, JsonGenerator json) throws IOException {
        json.writeStringField("id", job.id().toString());
        json.writeStringField("state", job.state().name());
        json.writeStringField("bundle", job.target().bundle());
        json.writeStringField("version", job.target().version());
        json.writeStringField("function", job.target().function());
        json.writeStringField("client", job.owner().client());
        json.writeObjectFieldStart("progress");
        json.writeNumberField("fraction", job.status().progress().fraction());
        json.writeStringField("message", job.status().progress().message());
        json.writeEndObject();
        Optional<JobProblem> problem = job.status().problem();
        if (problem.isPresent()) {
            json.writeObjectFieldStart("problem");
            json.writeStringField("code", problem.get().code());
            json.writeStringField("message", problem.get().message());
            json.writeEndObject();
        }
        write("accepted", Optional.of(job.times().accepted()), json);
        write("begun", job.times().begun(), json);
        write("ended", job.times().ended(), json);
    }

    private static void write(String name, Optional<Instant> time, JsonGenerator json) throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, time.get().toString());
        }
    }
}
