package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/** The members of {@code ops.json} that say how calls are served: read from what people write, and kept with a version. */
final class ServingJson {
    static final List<String> MEMBERS = List.of("isolation", "limits", "warmup", "figures", "calls", "jobs");

    private ServingJson() {}

    /**
     * Reads them.
     *
     * @param root the object that has them among others
     * @throws org.octaveserver.ops.error.OpsException INVALID_BUNDLE
     */
    static Serving read(JsonNode root) {
        JsonNode limits = root.path("limits");
        LimitsJson.refuseUnknown(limits);
        return new Serving(
                isolation(root.path("isolation")),
                LimitsJson.timeout(limits),
                LimitsJson.read(limits),
                root.has("warmup") ? Optional.of(Warmup.read(root.path("warmup"))) : Optional.empty(),
                figures(root.path("figures")),
                CallLimitsJson.read(root.path("calls")),
                JobTermsJson.read(root.path("jobs")));
    }

    /** What {@link #read} reads. */
    static ObjectNode write(Serving serving) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        serving.isolation().ifPresent(isolation -> root.put("isolation", isolation.text()));
        if (serving.timeout().isPresent() || !serving.limits().isEmpty()) {
            root.set("limits", LimitsJson.write(serving));
        }
        serving.warmup().ifPresent(warmup -> root.set("warmup", json(warmup)));
        serving.figures().ifPresent(figures -> root.put("figures", figures.text()));
        CallLimitsJson.write(serving.calls()).ifPresent(calls -> root.set("calls", calls));
        JobTermsJson.write(serving.jobs()).ifPresent(jobs -> root.set("jobs", jobs));
        return root;
    }

    private static ObjectNode json(Warmup warmup) {
        try {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("function", warmup.function());
            node.set("rhs", StrictJson.tree(warmup.rhs()));
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was JSON is none any more", e);
        }
    }

    private static Optional<FigureFormat> figures(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        Optional<FigureFormat> format = node.isTextual() ? FigureFormat.of(node.textValue()) : Optional.empty();
        if (format.isEmpty()) {
            throw OpsJson.invalid("\"figures\" must be \"png\" or \"svg\"");
        }
        return format;
    }

    private static Optional<Isolation> isolation(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Isolation> isolation = node.isTextual() ? Isolation.of(node.textValue()) : Optional.empty();
        if (isolation.isEmpty()) {
            throw OpsJson.invalid("\"isolation\" must be \"warm\" or \"fresh\"");
        }
        return isolation;
    }
}
