package org.octaveserver.ops.web.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The query of a request that no resource serves. Names that nobody asks for are passed over, as MPS does. */
public final class Query {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Query() {}

    /**
     * Reads one.
     *
     * @param raw as it stands in the URL; null when there is none
     * @throws OpsException INVALID_INPUT when it is not encoded as queries are
     */
    public static Query of(@Nullable String raw) {
        Query query = new Query();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.values
                        .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the query has a % that two hexadecimal digits do not follow; %25 stands for %",
                    e);
        }
    }

    /**
     * The value of a parameter, perhaps empty; nothing when it is not there.
     *
     * @throws OpsException INVALID_INPUT when it is there more than once
     */
    public Optional<String> one(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the parameter \"" + name + "\" is there " + all.size() + " times; once is allowed");
        }
        return all.stream().findFirst();
    }
}
