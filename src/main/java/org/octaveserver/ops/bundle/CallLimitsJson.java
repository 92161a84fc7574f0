package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code calls} of {@code ops.json}: {@code {"running": 2, "waiting": 100}}. */
final class CallLimitsJson {
    private static final String RUNNING = "running";
    private static final String WAITING = "waiting";
    private static final int MOST = 1_000_000;

    private CallLimitsJson() {}

    /**
     * Reads it.
     *
     * @throws org.octaveserver.ops.error.OpsException INVALID_BUNDLE naming the member
     */
    static CallLimits read(JsonNode calls) {
        if (calls.isMissingNode()) {
            return CallLimits.NONE;
        }
        if (!calls.isObject()) {
            throw OpsJson.invalid("\"calls\" must be an object with \"running\" and \"waiting\"");
        }
        for (Iterator<String> names = calls.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(RUNNING) && !name.equals(WAITING)) {
                throw OpsJson.invalid("\"calls\" has no member \"" + name + "\"; it may have running and waiting");
            }
        }
        return new CallLimits(number(calls, RUNNING), number(calls, WAITING));
    }

    private static OptionalInt number(JsonNode calls, String name) {
        JsonNode node = calls.path(name);
        if (node.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > MOST) {
            throw OpsJson.invalid("\"calls." + name + "\" must be a whole number from 1 to " + MOST);
        }
        return OptionalInt.of(node.intValue());
    }

    /** What {@link #read} reads; absent when there is nothing to say. */
    static Optional<ObjectNode> write(CallLimits limits) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        limits.running().ifPresent(most -> node.put(RUNNING, most));
        limits.waiting().ifPresent(most -> node.put(WAITING, most));
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }
}
