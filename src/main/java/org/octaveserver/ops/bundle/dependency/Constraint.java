package org.octaveserver.ops.bundle.dependency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One entry of {@code Depends}, in the grammar of Octave's {@code pkg} (get_description.m): a name, then versions that
 * fit: {@code statistics (>= 1.4)}. Several bounds must all hold; {@code =} means {@code ==}.
 *
 * @param name in lower case, as {@code pkg} takes it
 * @param bounds none: any version fits
 */
public record Constraint(String name, List<Bound> bounds) {
    /** What stands for the runtime itself. */
    public static final String OCTAVE = "octave";

    private static final Pattern NAME = Pattern.compile("\\s*(?<name>[A-Za-z][\\w.-]*)\\s*");
    private static final Pattern BOUND =
            Pattern.compile("\\(\\s*(?<op>>=|<=|==|=|<|>)\\s*(?<version>[0-9][0-9A-Za-z.+~-]*)\\s*\\)\\s*");

    public Constraint {
        bounds = List.copyOf(bounds);
    }

    /**
     * One bound.
     *
     * @param operator one of {@code >= > <= < ==}
     */
    public record Bound(String operator, PackageVersion version) {
        boolean admits(PackageVersion candidate) {
            int order = candidate.compareTo(version);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }

        @Override
        public String toString() {
            return "(" + operator + " " + version + ")";
        }
    }

    /** The constraint in a text, or nothing when it is none. */
    public static Optional<Constraint> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        List<Bound> bounds = new ArrayList<>();
        Matcher bound = BOUND.matcher(text).region(name.end(), text.length());
        int end = name.end();
        while (bound.lookingAt()) {
            String operator = bound.group("op").equals("=") ? "==" : bound.group("op");
            bounds.add(new Bound(operator, new PackageVersion(bound.group("version"))));
            end = bound.end();
            bound.region(end, text.length());
        }
        return end == text.length()
                ? Optional.of(new Constraint(name.group("name").toLowerCase(Locale.ROOT), bounds))
                : Optional.empty();
    }

    /** Whether a version fits. */
    public boolean admits(PackageVersion version) {
        return bounds.stream().allMatch(bound -> bound.admits(version));
    }

    boolean isOctave() {
        return name.equals(OCTAVE);
    }

    @Override
    public String toString() {
        return bounds.isEmpty()
                ? name
                : name + " " + bounds.stream().map(Bound::toString).collect(Collectors.joining(" "));
    }
}
