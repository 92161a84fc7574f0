package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.octaveserver.ops.worker.WarmupCall;

/**
 * What {@code ops.json} wants done before the first call.
 *
 * @param function one of the bundle's functions
 * @param rhs its inputs: an array in MPS's notation, as text
 */
public record Warmup(String function, String rhs) {
    private static final List<String> MEMBERS = List.of("function", "rhs");

    /** Reads {@code "f"} or {@code {"function": "f", "rhs": [..]}}. */
    static Warmup read(JsonNode node) {
        JsonNode function = node.isTextual() ? node : node.path("function");
        JsonNode rhs = node.path("rhs");
        if (node.isObject()) {
            OpsJson.refuseUnknown(node, "warmup.", MEMBERS);
        }
        if (!function.isTextual() || !(rhs.isMissingNode() || rhs.isArray())) {
            throw OpsJson.invalid("\"warmup\" must be the name of a function, or a call, as in"
                    + " {\"function\": \"f\", \"rhs\": [1, \"a\"]}; \"rhs\" may be left out");
        }
        Warmup warmup = new Warmup(function.textValue(), rhs.isMissingNode() ? "[]" : StrictJson.text(rhs));
        // What is wrong with it is to be told now.
        WarmupCall unused = warmup.call();
        return warmup;
    }

    /** The call that it is. */
    public WarmupCall call() {
        try {
            return new WarmupCall(function, CallValues.read(StrictJson.tree(rhs), "warmup.rhs"));
        } catch (IOException e) {
            throw OpsJson.invalid("\"warmup\": " + e.getMessage());
        }
    }
}
