package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.settings.Durations;

/** {@code jobs} of {@code ops.json}: {@code {"idempotent": ["f", "pkg.g"], "timeout": "2h", "cancel-grace": "5s"}}. */
final class JobTermsJson {
    private static final String IDEMPOTENT = "idempotent";
    private static final String TIMEOUT = "timeout";
    private static final String CANCEL_GRACE = "cancel-grace";
    private static final List<String> MEMBERS = List.of(IDEMPOTENT, TIMEOUT, CANCEL_GRACE);

    private JobTermsJson() {}

    /**
     * Reads it.
     *
     * @throws OpsException INVALID_BUNDLE naming the member
     */
    static JobTerms read(JsonNode jobs) {
        if (jobs.isMissingNode()) {
            return JobTerms.DEFAULT;
        }
        if (!jobs.isObject()) {
            throw OpsJson.invalid("\"jobs\" must be an object, as in {\"idempotent\": [\"f\"], \"timeout\": \"2h\"}");
        }
        OpsJson.refuseUnknown(jobs, "jobs.", MEMBERS);
        JsonNode idempotent = jobs.path(IDEMPOTENT);
        return new JobTerms(
                idempotent.isBoolean() && idempotent.booleanValue(),
                idempotent.isMissingNode() || idempotent.isBoolean() ? Set.of() : names(idempotent),
                duration(jobs, TIMEOUT),
                duration(jobs, CANCEL_GRACE));
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new HashSet<>();
        for (JsonNode one : node) {
            if (!node.isArray() || !one.isTextual()) {
                throw shape();
            }
            names.add(one.textValue());
        }
        if (!node.isArray() || names.size() < node.size()) {
            throw shape();
        }
        return names;
    }

    private static OpsException shape() {
        return OpsJson.invalid("\"jobs.idempotent\" must be an array of function names, each once, as in"
                + " [\"f\", \"pkg.g\"], or true for all functions");
    }

    private static Optional<Duration> duration(JsonNode jobs, String member) {
        JsonNode node = jobs.path(member);
        return node.isMissingNode() ? Optional.empty() : Optional.of(LimitsJson.duration("jobs." + member, node));
    }

    /** What {@link #read} reads; absent when there is nothing to say. */
    static Optional<ObjectNode> write(JobTerms terms) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (terms.allIdempotent()) {
            node.put(IDEMPOTENT, true);
        } else if (!terms.idempotent().isEmpty()) {
            ArrayNode names = node.putArray(IDEMPOTENT);
            new TreeSet<>(terms.idempotent()).forEach(names::add);
        }
        terms.timeout().ifPresent(timeout -> node.put(TIMEOUT, Durations.text(timeout)));
        terms.cancelGrace().ifPresent(grace -> node.put(CANCEL_GRACE, Durations.text(grace)));
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }
}
