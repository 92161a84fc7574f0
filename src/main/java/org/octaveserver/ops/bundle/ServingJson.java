package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;

/** The members of {@code ops.json} that say how calls are served: read from what people write, and kept with a version. */
final class ServingJson {
    static final List<String> MEMBERS = List.of("isolation", "limits", "warmup", "figures");

    private static final List<String> LIMITS = List.of("timeout");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");

    /** Largest first. */
    private enum Unit {
        HOURS("h", Duration.ofHours(1)),
        MINUTES("m", Duration.ofMinutes(1)),
        SECONDS("s", Duration.ofSeconds(1)),
        MILLISECONDS("ms", Duration.ofMillis(1));

        private final String suffix;
        private final Duration duration;

        Unit(String suffix, Duration duration) {
            this.suffix = suffix;
            this.duration = duration;
        }

        static Unit of(String suffix) {
            return Arrays.stream(values())
                    .filter(unit -> unit.suffix.equals(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ServingJson() {}

    /**
     * Reads them.
     *
     * @param root the object that has them among others
     * @throws org.octaveserver.ops.error.OpsException INVALID_BUNDLE
     */
    static Serving read(JsonNode root) {
        JsonNode limits = root.path("limits");
        if (!limits.isMissingNode() && !limits.isObject()) {
            throw OpsJson.invalid("\"limits\" must be an object, as in {\"timeout\": \"30s\"}");
        }
        OpsJson.refuseUnknown(limits, "limits.", LIMITS);
        return new Serving(
                isolation(root.path("isolation")),
                timeout(limits.path("timeout")),
                root.has("warmup") ? Optional.of(Warmup.read(root.path("warmup"))) : Optional.empty(),
                figures(root.path("figures")));
    }

    /** What {@link #read} reads. */
    static ObjectNode write(Serving serving) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        serving.isolation().ifPresent(isolation -> root.put("isolation", isolation.text()));
        serving.timeout().ifPresent(timeout -> root.putObject("limits").put("timeout", text(timeout)));
        serving.warmup().ifPresent(warmup -> root.set("warmup", json(warmup)));
        serving.figures().ifPresent(figures -> root.put("figures", figures.text()));
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
    /** In the largest unit that it is a whole number of: with as few digits as people are allowed. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis % unit.duration.toMillis() == 0) {
                return millis / unit.duration.toMillis() + unit.suffix;
            }
        }
        throw new IllegalArgumentException(duration + " is no number of milliseconds");
    }

    private static Optional<Duration> timeout(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(node.isTextual() ? node.textValue() : "");
        if (!matcher.matches()) {
            throw OpsJson.invalid(
                    "\"limits.timeout\" must be a string of a number above 0 and a unit, ms, s, m or h, as in"
                            + " \"30s\"");
        }
        return Optional.of(Unit.of(matcher.group(2)).duration.multipliedBy(Long.parseLong(matcher.group(1))));
    }
}
