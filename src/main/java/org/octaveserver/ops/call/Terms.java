package org.octaveserver.ops.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.settings.SettingsException;

/** On what terms calls share the workers: who has which weight, how urgent a call may be, how many may run. Immutable. */
final class Terms {
    private static final Pattern WEIGHT = Pattern.compile("(\\S+)=([1-9]\\d{0,3})");

    private final Map<String, Integer> weights;
    private final int mostUrgent;
    private final OptionalInt mostOfClient;

    private Terms(Map<String, Integer> weights, int mostUrgent, OptionalInt mostOfClient) {
        this.weights = weights;
        this.mostUrgent = mostUrgent;
        this.mostOfClient = mostOfClient;
    }

    /**
     * Those of the settings.
     *
     * @throws SettingsException naming each weight that is none
     */
    static Terms of(CallSettings settings) {
        Map<String, Integer> weights = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (String one : settings.weights().orElse(List.of())) {
            Matcher matcher = WEIGHT.matcher(one);
            if (matcher.matches()) {
                weights.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
            } else {
                problems.add("ops.call.weights: \"" + one + "\" is no weight; expected name=number, the name of a"
                        + " principal or the address of a client, and a number from 1 to 9999");
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Terms(Map.copyOf(weights), settings.mostUrgent(), settings.maxRunningPerClient());
    }

    Claim claim(CallOrigin origin, CallOptions options, Serving serving) {
        return new Claim(
                origin.party(),
                weights.getOrDefault(origin.party(), 1),
                Math.max(mostUrgent, options.urgency().orElse(Claim.USUAL_URGENCY)),
                options.isolation(serving),
                mostOfClient,
                serving.calls().running());
    }
}
