package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.octaveserver.ops.worker.Isolation;

/** The members of {@code ops.json} that say how calls are served: read from what people write, and kept with a version. */
final class ServingJson {
    static final List<String> MEMBERS = List.of("isolation", "limits");

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
        return new Serving(isolation(root.path("isolation")), LimitsJson.timeout(limits), LimitsJson.read(limits));
    }

    /** What {@link #read} reads. */
    static ObjectNode write(Serving serving) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        serving.isolation().ifPresent(isolation -> root.put("isolation", text(isolation)));
        if (serving.timeout().isPresent() || !serving.limits().isEmpty()) {
            root.set("limits", LimitsJson.write(serving));
        }
        return root;
    }

    private static Optional<Isolation> isolation(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        for (Isolation one : Isolation.values()) {
            if (node.isTextual() && node.textValue().equals(text(one))) {
                return Optional.of(one);
            }
        }
        throw OpsJson.invalid("\"isolation\" must be \"warm\" or \"fresh\"");
    }

    private static String text(Isolation isolation) {
        return isolation.name().toLowerCase(Locale.ROOT);
    }
}
