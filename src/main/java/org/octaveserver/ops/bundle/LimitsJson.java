package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.settings.Durations;
import org.octaveserver.ops.worker.WorkerLimit;

/** The {@code limits} of {@code ops.json}. */
final class LimitsJson {
    private static final String TIMEOUT = "timeout";
    private static final List<String> MEMBERS = Stream.concat(
                    Stream.of(TIMEOUT), Arrays.stream(WorkerLimit.values()).map(WorkerLimit::member))
            .toList();
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,11}(B|KB|MB|GB|TB)");
    /** Errors travel as results do. */
    private static final long LEAST_RESULT = 64 << 10;

    private LimitsJson() {}

    static void refuseUnknown(JsonNode limits) {
        if (!limits.isMissingNode() && !limits.isObject()) {
            throw OpsJson.invalid("\"limits\" must be an object, as in {\"timeout\": \"30s\"}");
        }
        OpsJson.refuseUnknown(limits, "limits.", MEMBERS);
    }

    static Optional<Duration> timeout(JsonNode limits) {
        JsonNode node = limits.path(TIMEOUT);
        return node.isMissingNode() ? Optional.empty() : Optional.of(duration("limits." + TIMEOUT, node));
    }

    /** All but the timeout. */
    static Map<WorkerLimit, Long> read(JsonNode limits) {
        Map<WorkerLimit, Long> amounts = new EnumMap<>(WorkerLimit.class);
        for (WorkerLimit limit : WorkerLimit.values()) {
            JsonNode node = limits.path(limit.member());
            if (!node.isMissingNode()) {
                amounts.put(limit, amount(limit, node));
            }
        }
        return amounts;
    }

    /** With the timeout. */
    static ObjectNode write(Serving serving) {
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        serving.timeout().ifPresent(timeout -> limits.put(TIMEOUT, Durations.text(timeout)));
        new TreeMap<>(serving.limits()).forEach((limit, amount) -> {
            switch (limit.unit()) {
                case MILLISECONDS -> limits.put(limit.member(), Durations.text(Duration.ofMillis(amount)));
                case BYTES -> limits.put(limit.member(), new DataSize(amount).toString());
                case COUNT -> limits.put(limit.member(), amount);
            }
        });
        return limits;
    }

    private static long amount(WorkerLimit limit, JsonNode node) {
        long amount = switch (limit.unit()) {
            case MILLISECONDS -> duration("limits." + limit.member(), node).toMillis();
            case BYTES -> size(limit.member(), node);
            case COUNT -> count(limit, node);
        };
        if (limit == WorkerLimit.RESULT && amount < LEAST_RESULT) {
            throw OpsJson.invalid("\"limits.result\" must be 64KB or more: errors travel in as much");
        }
        return amount;
    }

    private static long size(String member, JsonNode node) {
        String text = node.isTextual() ? node.textValue() : "";
        if (!SIZE.matcher(text).matches()) {
            throw OpsJson.invalid("\"limits." + member
                    + "\" must be a string of a whole number above 0 and a unit, B, KB, MB, GB or TB, as in \"512MB\"");
        }
        try {
            return DataSize.parse(text).bytes();
        } catch (IllegalArgumentException e) {
            throw OpsJson.invalid("\"limits." + member + "\": " + e.getMessage());
        }
    }

    private static long count(WorkerLimit limit, JsonNode node) {
        int least = limit == WorkerLimit.PROCESSES ? 0 : 1;
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least) {
            throw OpsJson.invalid(
                    "\"limits." + limit.member() + "\" must be a whole number of at least " + least + ", as in 64");
        }
        return node.intValue();
    }

    /** A duration, of a member with the names around it. */
    static Duration duration(String member, JsonNode node) {
        Matcher matcher = DURATION.matcher(node.isTextual() ? node.textValue() : "");
        if (!matcher.matches()) {
            throw OpsJson.invalid(
                    "\"" + member + "\" must be a string of a number above 0 and a unit, ms, s, m or h, as in \"30s\"");
        }
        return Durations.of(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
