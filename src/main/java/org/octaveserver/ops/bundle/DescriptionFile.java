package org.octaveserver.ops.bundle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code DESCRIPTION} of an Octave package, read as Octave's own {@code pkg} reads it (get_description.m): one
 * {@code Keyword: value} per line, in any case, the first of equal keywords counting; lines that begin with a blank go
 * on with the value before; {@code #} begins a comment line; what is none of these is skipped.
 */
final class DescriptionFile {
    static final String NAME = "DESCRIPTION";

    private final Map<String, String> values;

    private DescriptionFile(Map<String, String> values) {
        this.values = values;
    }

    static DescriptionFile parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String keyword = "";
        for (String line : text.split("\\R", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                String more = line.strip();
                values.computeIfPresent(keyword, (k, value) -> (value + " " + more).strip());
            } else {
                keyword = keyValue(line, values);
            }
        }
        return new DescriptionFile(values);
    }

    private static String keyValue(String line, Map<String, String> values) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return "";
        }
        String keyword = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (values.putIfAbsent(keyword, line.substring(colon + 1).strip()) == null) {
            return keyword;
        }
        // The lines that continue a repeated keyword belong to what is ignored.
        return "";
    }

    /** The value of a keyword; absent also when it is empty. */
    Optional<String> value(String keyword) {
        return Optional.ofNullable(values.get(keyword.toLowerCase(Locale.ROOT))).filter(value -> !value.isEmpty());
    }

    List<String> depends() {
        return value("depends").stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }
}
